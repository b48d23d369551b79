import { test } from 'vitest';
import { type Scenario, ScenarioRun } from './support/scenario.js';
import { vectors } from './support/vectors.js';

test.each(vectors<Scenario>('client-scenarios.json'))('$name', async (scenario) => {
  const run = new ScenarioRun(scenario);
  for (const step of scenario.steps) await run.step(step);
});
