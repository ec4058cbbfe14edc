import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import type { Shared } from '../../content/load/read-shared.js'

/** The folder of the guides that Winnow comes with. */
export const alertsFolder = join(root(), 'content', 'alerts')

/** The folder of the bot's words. */
export const phrasesFolder = join(root(), 'content', 'phrases')

/** The folder of the texts that guides share. */
export const sharedFolder = join(root(), 'content', 'shared')

/** Shared texts to try things with: two to take in, and three actions that are known. */
export const shared: Shared = {
  hows: { 'call-user': 'Call the user.', 'read-log': 'Read the log.' },
  actions: { 'suspend-user': 'Suspend the account', 'close-alert': 'Close the alert', 'contact-user': 'Call the user' },
  lookUps: ['sign-ins', 'activity'],
}

/** Run with a folder that holds these files, and nothing of it afterwards. */
export const withFolder = async <T>(
  files: Readonly<Record<string, string>>,
  run: (folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-content-'))
  try {
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A guide file with nothing wrong in it; a test breaks one line of it. */
export const small = (type = 'small'): string => `type: ${type}
title: Title of ${type}
family: ${type === 'other' ? 'any' : 'cloud-apps'}
tactics: [impact]
severity: low
matches:
  keys: [KEY_${type}]
  titles: [Another name of ${type}]
about: It happened.
checks:
  - id: first
    ask: Is it so?
    how: Look there.
    options:
      - { id: "yes", text: "Yes" }
      - { id: "no", text: "No" }
  - id: second
    ask: And is it that?
    how: Look elsewhere.
    options:
      - { id: "yes", text: "Yes" }
      - { id: "no", text: "No" }
verdicts:
  - id: tp
    class: TP
    label: Bad
    means: It is bad.
    needs: { first: "yes" }
    against: { second: "no" }
    because: "The evidence points to {user}."
    actions:
      - { id: suspend-user, do: Stop it }
  - id: fp-fine
    class: FP
    label: Fine
    means: It is fine.
    needs: { first: "no" }
    because: It was nothing.
    actions:
      - { id: close-alert, do: Close it }
  - id: undetermined
    class: undetermined
    label: Undetermined
    means: Nobody knows.
    because: It is unclear what happened.
    actions:
      - { id: contact-user, do: Ask }
scope:
  - { id: look, do: Look around }
`

/** The number of the first line of a text that contains something, from 1. */
export const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1
