/* Runs inside the page, beside adaptivecards and markdown-it. Plain JavaScript: the rest of the house has no DOM types. */

const markdown = markdownit()

/** Draw a card into #card; returns what the library had to say against it. */
globalThis.show = (card, config) => {
  const host = document.getElementById('card')
  host.textContent = ''
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5)
  const drawn = new AdaptiveCards.AdaptiveCard()
  drawn.hostConfig = new AdaptiveCards.HostConfig(config)
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text)
    result.didProcess = true
  }
  drawn.parse(card, context)
  host.append(drawn.render())
  drawn.updateLayout()
  const said = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  // Teams draws badges and charts, this library their fallback; templates.test.ts sees to it that there is one.
  return said
    .filter((message) => !/^Unknown element type "(Badge|Chart\.HorizontalBar)"/.test(message))
    .map((message) => `schema: ${message}`)
}

/** Everything of the card that does not fit or cannot be read, in words. */
globalThis.measure = () => {
  const host = document.getElementById('card')
  const edge = host.getBoundingClientRect()
  const faults = [...host.querySelectorAll('*')].flatMap((element) => {
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    if (box.width === 0 || box.height === 0 || style.visibility === 'hidden') return []
    // Only for what is wrong: the text of every element takes longer than all the rest.
    const name = () =>
      `${element.tagName.toLowerCase()} "${(element.innerText ?? element.value ?? '').trim().slice(0, 40)}"`
    const beyond = Math.max(box.right - edge.right, edge.left - box.left)
    const clipsX = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
    const clipsY = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2
    const small = element.tagName === 'BUTTON' && (box.height < 32 || box.width < 32)
    return [
      ...(beyond > 1 ? [`overflow: ${name()} by ${Math.round(beyond)} px`] : []),
      ...(clipsX || clipsY ? [`cut off: ${name()}`] : []),
      ...(small ? [`too small to press: ${name()}`] : []),
      ...(element.tagName === 'SELECT' && selectedWidth(element, style) > element.clientWidth - 30
        ? [`cut off: ${name()}`]
        : []),
      ...(element.matches('.ac-textBlock, .ac-richTextBlock') && faint(element) ? [`hard to read: ${name()}`] : []),
    ]
  })
  const fetched = [...host.querySelectorAll('[src]')].map((element) => `fetches: ${element.src}`)
  const scrolls = document.documentElement.scrollWidth > innerWidth
  return [...faults, ...fetched, ...(scrolls ? ['overflow: the page scrolls sideways'] : [])]
}

const selectedWidth = (select, style) => {
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  return pen.measureText(select.selectedOptions[0]?.text ?? '').width
}

/** True when some text stands out from its ground by less than 4.5 : 1 (WCAG AA). */
const faint = (element) =>
  [element, ...element.querySelectorAll('span, p')].some((part) => {
    if (![...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) return false
    const [one, other] = [luminance(getComputedStyle(part).color), luminance(ground(part))].toSorted((a, b) => b - a)
    return (one + 0.05) / (other + 0.05) < 4.5
  })

const ground = (element) => {
  const colour = getComputedStyle(element).backgroundColor
  return colour === 'rgba(0, 0, 0, 0)' && element.parentElement ? ground(element.parentElement) : colour
}

const luminance = (colour) => {
  const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => {
    const share = Number(part) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
