import { randomUUID } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import restify from 'restify'
import type { Request, Response } from 'restify'
import { tellPort } from './bare.js'

/**
 * The least a durable intake can do: parse the JSON, keep it, answer 202 once it would survive a power cut. No check of any kind.
 *
 * `files`: one file for each, and an fsync of it and of its folder. `journal`: a line in one file, and one fdatasync for all that
 * wait for one.
 */
const main = async (way: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const keep = way === 'journal' ? await inJournal(folder) : inFiles(folder)
  const server = restify.createServer({ name: 'bare' })
  server.use(restify.plugins.bodyReader(), restify.plugins.jsonBodyParser())
  server.post('/api/alerts', async (request: Request, response: Response): Promise<void> => {
    const id = randomUUID()
    await keep(id, JSON.stringify(request.body))
    response.send(202, { id })
  })
  tellPort(server)
}

type Keep = (id: string, text: string) => Promise<void>

const inFiles =
  (folder: string): Keep =>
  async (id, text) => {
    const handle = await open(join(folder, `${id}.json`), 'w')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await sync(folder)
  }

const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const inJournal = async (folder: string): Promise<Keep> => {
  const handle = await open(join(folder, 'journal'), 'a')
  let waiting: { readonly line: string; readonly kept: () => void; readonly failed: (error: unknown) => void }[] = []
  let isWriting = false
  const write = async (): Promise<void> => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await handle.appendFile(batch.map(({ line }) => line).join(''))
        await handle.datasync()
        for (const { kept } of batch) kept()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    isWriting = false
  }
  return (id, text) =>
    new Promise((kept, failed) => {
      waiting.push({ line: `{"id":"${id}","alert":${text}}\n`, kept, failed })
      if (!isWriting) void write()
    })
}

const [way = '', folder = ''] = process.argv.slice(2)
await main(way, folder)
