import type { World } from './winnow.js'

/** Close every open case, so that what the next test does is not about one of them. */
export const closeAll = async (world: World): Promise<void> => {
  const { desk, openCases } = world.app()
  for (const { caseId } of await openCases.rows()) {
    const { state } = await desk.look(caseId)
    const by = state?.owner ?? { id: 'closer', name: 'Closer' }
    const stamp = { caseId, line: null, at: new Date().toISOString(), by }
    await desk.settle(caseId, [
      ...(state?.owner ? [] : [{ type: 'take' as const, ...stamp }]),
      ...(state?.recordedVerdict
        ? []
        : [{ type: 'record-verdict' as const, verdict: 'undetermined', reason: 'x', ...stamp }]),
      { type: 'close', reason: 'x', ...stamp },
    ])
  }
  await world.drawn()
}
