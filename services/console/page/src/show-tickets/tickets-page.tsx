import type { ReactNode } from 'react';
export function TicketsPage(): ReactNode { return null; }
