import type { SweepResult } from '../../../main/docker/sweep.ts'

/**
 * Sweeps until no call failed, five times at most. On a busy machine an engine's images and disk may not come within
 * their second after all else, which is no fault of either.
 */
export async function wholeSweep<Swept extends Pick<SweepResult, 'summary'>>(
  sweep: () => Promise<Swept>,
): Promise<Swept> {
  let swept = await sweep()
  for (let tries = 1; tries < 5 && swept.summary.calls.failed > 0; tries += 1) swept = await sweep()
  return swept
}
