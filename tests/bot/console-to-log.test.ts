import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { type Console, consoleToLog } from '../../bot/console-to-log.js'

describe('bot/console-to-log', () => {
  it('makes lines of the log of what libraries print, short and without tokens, until it is undone', () => {
    const printed: unknown[] = []
    const print = (...said: readonly unknown[]) => void printed.push(said)
    const to: Console = { log: print, info: print, warn: print, error: print, debug: print, trace: print }
    const lines: (readonly [string, object, string])[] = []
    const write = (level: string) => (details: object, text: string) => void lines.push([level, details, text])
    const warnings: EventEmitter = new EventEmitter().on('warning', print)
    const undo = consoleToLog({ info: write('info'), warn: write('warn') }, to, Object(warnings))
    to.log('%d of %s', 2, 'three')
    to.error(new TypeError('odd\nat line 7'))
    to.warn('Bearer eyJhbGciOi.eyJpc3MiOi.c2lnbmF0dXJl was refused')
    to.debug('x'.repeat(1000))
    warnings.emit('warning', new Error('punycode is deprecated'))
    assert.deepEqual(lines, [
      ['info', { from: 'console.log' }, '2 of three'],
      ['warn', { from: 'console.error' }, 'TypeError: odd'],
      ['warn', { from: 'console.warn' }, '(token) was refused'],
      ['info', { from: 'console.debug' }, 'x'.repeat(300)],
      ['warn', { from: 'node' }, 'Error: punycode is deprecated'],
    ])
    assert.deepEqual(printed, [])
    undo()
    to.log('again')
    warnings.emit('warning', 'w')
    assert.equal(printed.length, 2)
    assert.equal(lines.length, 5)
  })
})
