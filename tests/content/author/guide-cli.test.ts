import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { program } from '../../support/program.js'

const run = (cli: string, ...words: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...program(`bot/cli/${cli}`), ...words], (_, stdout, stderr) => {
      resolve({ stdout, stderr })
    })
  })

describe('npm run guide', () => {
  it('prints a guide by an old title, and says what was probably meant', async () => {
    const [found, lost] = await Promise.all([run('guide', 'impossible', 'travel'), run('guide', 'ransomwear-activity')])
    assert.match(found.stdout, /^Impossible travel \(impossible-travel\)\n/)
    assert.match(found.stdout, /\nNO WARNINGS\n/)
    assert.match(lost.stderr, /There is no guide 'ransomwear-activity'\. Did you mean ransomware-activity\?/)
  })

  it('lists all guides with counts', async () => {
    const { stdout } = await run('guides')
    assert.match(stdout, /^type +family +severity +tactics +checks +TP +B-TP +FP +actions +scope +tuning\n/)
    assert.match(stdout, /\nimpossible-travel +cloud-apps +medium +initial-access +5 +3 +2 +3 /)
    assert.match(stdout, /\n\d+ guides +\d+/)
  })
})
