import { randomUUID } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import restify from 'restify'
import type { Request, Response } from 'restify'
import { tellPort } from './bare.js'

/** The least a durable intake can do: parse the JSON, write one file, fsync it and its folder, answer 202. No check of any kind. */
const main = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const server = restify.createServer({ name: 'bare' })
  server.use(restify.plugins.bodyReader(), restify.plugins.jsonBodyParser())
  server.post('/api/alerts', async (request: Request, response: Response): Promise<void> => {
    const id = randomUUID()
    await keep(join(folder, `${id}.json`), JSON.stringify(request.body))
    await sync(folder)
    response.send(202, { id })
  })
  tellPort(server)
}

const keep = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

await main(process.argv[2] ?? '')
