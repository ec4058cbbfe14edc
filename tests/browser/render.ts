import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Page, chromium } from 'playwright-core'
import { type Theme, hostConfig, pageStyle } from './host-config.js'

/** A page that draws cards the way a Teams-like client would. */
export type Renderer = {
  /** Draw a card at a width in CSS pixels; returns what the card library says against it. */
  show(card: object, width: number): Promise<readonly string[]>
  /** What does not fit or cannot be read on the card as it is drawn now. */
  measure(): Promise<readonly string[]>
  /** How many CSS pixels the card as it is drawn now is high. */
  height(): Promise<number>
  /** Press the button of that title, which is drawn. */
  press(title: string): Promise<void>
  /** Write the card as it is drawn now into a PNG file. */
  save(file: string): Promise<void>
  close(): Promise<void>
}

/** Start a Chromium of its own (`CHROMIUM`, else Debian's) without any network, in a theme. */
export const openRenderer = async (theme: Theme): Promise<Renderer> => {
  const profile = await mkdtemp(join(tmpdir(), 'winnow-cards-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    timeout: slowestMs,
    args: flags,
  })
  context.setDefaultTimeout(slowestMs)
  const page = context.pages()[0] ?? (await context.newPage())
  const noise = await prepare(page, theme)
  const config = hostConfig(theme)
  return {
    show: async (card, width) => {
      if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 844 })
      noise.length = 0
      return await page.evaluate<string[]>(`show(${JSON.stringify(card)}, ${JSON.stringify(config)})`)
    },
    measure: async () => [...noise, ...(await page.evaluate<string[]>('measure()'))],
    height: async () => Math.ceil((await page.locator('#card').boundingBox())?.height ?? 0),
    press: async (title) => await page.getByRole('button', { name: title, exact: true }).last().click(),
    save: async (file) => void (await page.locator('#card').screenshot({ path: file })),
    close: async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** Any machine draws a card and presses a button within this; the browser itself takes longest to start. */
const slowestMs = 180_000

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Load the libraries; the list returned fills with errors and with what the page tried to fetch. */
const prepare = async (page: Page, theme: Theme): Promise<string[]> => {
  const noise: string[] = []
  page.on('pageerror', (error) => noise.push(`error in the page: ${error.message}`))
  await page.route('**/*', async (route) => {
    noise.push(`fetches: ${route.request().url()}`)
    await route.abort()
  })
  await page.setContent(`<!doctype html><style>${pageStyle(theme)}</style><div id=card></div>`)
  for (const content of await Promise.all(scripts.map(async (file) => await readFile(file, 'utf8')))) {
    await page.addScriptTag({ content })
  }
  return noise
}

const { resolve } = createRequire(import.meta.url)
const folderOf = (name: string): string => dirname(resolve(`${name}/package.json`))

const scripts = [
  join(folderOf('adaptivecards'), 'dist/adaptivecards.min.js'),
  join(folderOf('markdown-it'), 'dist/browser/markdown-it.umd.min.js'),
  join(import.meta.dirname, 'page.js'),
]
