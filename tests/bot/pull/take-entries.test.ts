import assert from 'node:assert/strict'
import { takeEntries } from '../../../bot/pull/take-entries.js'
import { read } from '../../../intake/read.js'
import { Fault } from '../../../triage/fault.js'
import { graphAlert } from '../../support/fake-graph.js'

describe('bot/pull/take-entries', () => {
  const now = '2026-03-02T12:00:00.000Z'
  /** As the alert door does, without cases. */
  const take = async (body: unknown) => {
    const { readings, ignored } = read(body, now, 'graph')
    const alerts = readings.map(({ source, sourceAlertId }) => ({
      caseId: sourceAlertId,
      source,
      sourceAlertId,
      type: 'other',
      status: 'new' as const,
    }))
    return { alerts, ignored }
  }
  const taken = async (...entries: readonly unknown[]) => {
    const { alerts, ignored } = await takeEntries(entries, take)
    return [alerts.map(({ sourceAlertId }) => sourceAlertId), ignored.length]
  }
  const deep = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`)
  const wide = Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`f${at}`, at]))

  it('takes the good entries of a page, whatever stands beside them', async () => {
    const odd = [null, 7, 'text', [], {}, graphAlert('x', { title: null }), graphAlert('y', { evidence: deep }), wide]
    assert.deepEqual(await taken(...odd, graphAlert('a'), graphAlert('b')), [['a', 'b'], odd.length])
  })

  it('is content with a page on which nothing can be read, and with an empty one', async () => {
    assert.deepEqual(await taken(graphAlert('x', { title: null }), null), [[], 2])
    assert.deepEqual(await taken(), [[], 0])
  })

  it('takes entries one by one where they can’t be taken together', async () => {
    const { alerts, ignored } = await takeEntries(
      ['a', 'b', 'c'].map((id) => graphAlert(id)),
      async (body) => {
        const text = JSON.stringify(body)
        if (text.includes('"b"')) throw new Fault('intake/unreadable', 'odd')
        return take(body)
      },
    )
    assert.deepEqual([alerts.map(({ sourceAlertId }) => sourceAlertId), ignored], [['a', 'c'], [{ reason: 'odd' }]])
  })

  it('does not pass over what could not be stored', async () => {
    const full = async () => Promise.reject(new Fault('store/unwritable', 'The disk is full.'))
    await assert.rejects(takeEntries([graphAlert('a')], full), /disk is full/)
  })
})
