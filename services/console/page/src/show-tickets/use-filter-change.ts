import { useNavigate } from '@tanstack/react-router';
import type { TicketFilter } from './ticket-filter.js';

export type FilterChange = { readonly [K in keyof TicketFilter]?: TicketFilter[K] | undefined };

/** Every change is a new address. */
export function useFilterChange(filter: TicketFilter): (change: FilterChange, options?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate();
  return (change, { replace = false } = {}) => {
    const next = Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined)) as TicketFilter;
    void navigate({ to: '/tickets', search: next, replace });
  };
}
