// A mutant that survives this many questions would survive more of them as well, and there are thousands of mutants.
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 80 });
