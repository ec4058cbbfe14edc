import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sample } from '../intake/samples.js'
import { pino } from 'pino'
import { hashKey } from './http/intake-keys.js'
import { newKey } from './local/key.js'
import { readConfig } from './config/config.js'
import { root } from './config/root.js'
import { emptyDirectory } from './people/directory.js'
import { startService } from './service.js'

/**
 * Start the service as production does, in a folder of its own and on this machine only: once without a case, once with one, taking an alert
 * and answering each time whether it is well. Nothing is sent anywhere, and the folder is removed.
 */
export const warmUp = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-warm-up-'))
  try {
    await once(folder)
    await once(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const once = async (folder: string): Promise<void> => {
  const key = newKey()
  const config = readConfig({
    HOST: '127.0.0.1',
    DATA_FOLDER: folder,
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000001',
    MICROSOFT_APP_TENANT_ID: '00000000-0000-4000-8000-000000000002',
    MICROSOFT_APP_PASSWORD: 'no one asks for it',
    INTAKE_KEYS: `warm-up:${hashKey(key)}`,
  })
  const service = await startService({ ...config, port: 0 }, emptyDirectory, pino({ level: 'silent' }), {
    endpoints: { openIdMetadataUrl: nowhere, token: async () => 'none' },
  })
  try {
    await service.resume('start')
    const origin = `http://127.0.0.1:${service.port}`
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    await fetch(`${origin}/health`)
    const { status } = await fetch(`${origin}/api/alerts`, { method: 'POST', headers, body: JSON.stringify(alert()) })
    if (status !== 202) throw new Error(`the sample alert was answered ${status}`)
    await fetch(`${origin}/health`, { headers })
    await service.drawn()
  } finally {
    await service.stop()
  }
}

const alert = () => sample(join(root(), 'intake', 'samples'), 'impossible-travel', new Date().toISOString(), 'warm-up')

/** Where nothing listens. */
const nowhere = 'http://127.0.0.1:9/'
