/** What a ticket is about, from its words. Pure; imports nothing. */
export {};
