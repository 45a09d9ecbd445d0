/** Takes all the steps at once. @param onStep Is told what each yields. @returns What they come to. */
export function finish<Step, Result>(steps: Generator<Step, Result, unknown>, onStep?: (step: Step) => void): Result {
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) onStep?.(step.value);
  return step.value;
}
