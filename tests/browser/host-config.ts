/** How a Teams-like client draws cards, in its light or dark theme: our own approximation, for `adaptivecards` in a page. */
export const hostConfig = (theme: Theme): object => ({
  supportsInteractivity: true,
  choiceSetInputValueSeparator: ',',
  fontFamily: fonts,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: colours[theme].line },
  containerStyles: Object.fromEntries(
    Object.entries(colours[theme].back).map(([style, backgroundColor]) => [
      style,
      { backgroundColor, borderColor: colours[theme].line, foregroundColors: foreground(theme) },
    ]),
  ),
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: false },
})

/** The two themes the cards are looked at in. */
export type Theme = 'light' | 'dark'

/** The page around the card, as CSS. Like Teams it breaks words that do not fit, and cuts a button's text. */
export const pageStyle = (theme: Theme): string => `
  * { box-sizing: border-box; overflow-wrap: break-word; word-wrap: break-word }
  body { margin: 0; background: ${colours[theme].page}; font-family: ${fonts}; color: ${colours[theme].text} }
  #card { background: ${colours[theme].back.default}; border: 1px solid ${colours[theme].line}; border-radius: 4px }
  .ac-pushButton { max-width: 100%; min-height: 32px; padding: 4px 12px; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap; font: 600 14px ${fonts}; color: inherit; background: transparent;
    border: 1px solid ${colours[theme].edge}; border-radius: 4px }
  .ac-pushButton.style-positive { color: #fff; background: #5b5fc7; border-color: #5b5fc7 }
  .ac-pushButton.expanded { border-color: #5b5fc7; border-width: 2px }
  .ac-input { width: 100%; padding: 6px 8px; font: 14px ${fonts}; color: inherit;
    background: ${colours[theme].field}; border: 1px solid ${colours[theme].edge}; border-radius: 4px }
  .ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect { padding: 2px 0; background: none; border: 0 }
  .ac-choiceSetInput-expanded > div, .ac-choiceSetInput-multiSelect > div { padding: 4px 0 }
  input[type=radio], input[type=checkbox] { width: 18px; height: 18px; flex: none; accent-color: #5b5fc7 }
  textarea.ac-input { min-height: 64px; resize: vertical }`

const fonts = '"Segoe UI", "Liberation Sans", sans-serif'

const colours = {
  light: {
    page: '#f0f0f0',
    text: '#242424',
    quiet: '#616161',
    line: '#e0e0e0',
    edge: '#b3b3b3',
    field: '#ffffff',
    accent: '#5b5fc7',
    good: '#237b4b',
    warning: '#835c00',
    attention: '#c4314b',
    back: {
      default: '#ffffff',
      emphasis: '#f5f5f5',
      accent: '#e8ebfa',
      good: '#e7f2da',
      warning: '#fbf6d9',
      attention: '#fcf4f6',
    },
  },
  dark: {
    page: '#141414',
    text: '#ffffff',
    quiet: '#adadad',
    line: '#474747',
    edge: '#757575',
    field: '#1f1f1f',
    accent: '#9ea2ff',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#ff8a98',
    back: {
      default: '#292929',
      emphasis: '#333333',
      accent: '#2f2f4a',
      good: '#0d2e0d',
      warning: '#463100',
      attention: '#3e1f25',
    },
  },
} as const

const foreground = (theme: Theme): object => {
  const { text, quiet, accent, good, warning, attention } = colours[theme]
  return {
    default: one(text, quiet),
    dark: one('#242424', '#616161'),
    light: one('#ffffff', '#d6d6d6'),
    accent: one(accent, accent),
    good: one(good, good),
    warning: one(warning, warning),
    attention: one(attention, attention),
  }
}

const one = (plain: string, subtle: string): object => ({ default: plain, subtle })
