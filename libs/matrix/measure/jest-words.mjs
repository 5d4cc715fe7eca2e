// Lets Mocha run the specs of the rules: in one process, on the TypeScript sources as they stand. Jest, which
// `npm test` runs them with, loads every module anew for every file, and Stryker would have it do so for every mutant.
import { registerHooks } from 'node:module';
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';
import Mocha from 'mocha';

// Sources import each other as './x.js', the name they have once built.
registerHooks({
  resolve(specifier, context, next) {
    const isOwn = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});

// The same few questions each time: a figure must not depend on luck. `npm test` asks more, and others each time.
fc.configureGlobal({ numRuns: 10, seed: 1 });

// Mocha's words, and those of Jest that the specs use as well.
const { bdd } = Mocha.interfaces;
Mocha.interfaces.bdd = (suite) => {
  bdd(suite);
  suite.on('pre-require', (context) => {
    context.expect = expect;
    context.it.each = bind(context.it);
  });
};
