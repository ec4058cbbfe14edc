import { format } from 'node:util'

/** Where lines go; pino fits. */
export type LineLog = Readonly<Record<'info' | 'warn', (details: object, text: string) => void>>

/** The part of a console that libraries write to. */
export type Console = Record<Method, (...said: readonly unknown[]) => void>

/**
 * What libraries write to the console, and the warnings of Node itself, become lines of the log: one each, short, and without
 * anything that looks like a token, for an error of theirs may carry a whole request. Gives back how to undo it.
 */
export const consoleToLog = (log: LineLog, to: Console = console, warnings: Warnings = process): (() => void) => {
  const before = methods.map((method) => [method, to[method]] as const)
  for (const method of methods) {
    const level = method === 'error' || method === 'warn' ? 'warn' : 'info'
    to[method] = (...said) => log[level]({ from: `console.${method}` }, lineOf(said))
  }
  const printing = warnings.listeners('warning')
  const warned = (warning: Error) => log.warn({ from: 'node' }, lineOf([warning]))
  warnings.removeAllListeners('warning').on('warning', warned)
  return () => {
    for (const [method, write] of before) to[method] = write
    warnings.off('warning', warned)
    for (const listener of printing) warnings.on('warning', listener)
  }
}

type Warnings = Pick<NodeJS.Process, 'listeners' | 'removeAllListeners' | 'on' | 'off'>

const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const
type Method = (typeof methods)[number]

const lineOf = (said: readonly unknown[]): string => {
  const texts = said.map((one) => (one instanceof Error ? `${one.name}: ${one.message}` : one))
  const [line = ''] = format(...texts).split('\n')
  return line.slice(0, 300).replace(/\b(?:Bearer +)?[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/gi, '(token)')
}
