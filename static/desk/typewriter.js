// Quotes, dashes and ellipses as the language of the story writes them, while it is typed.
import { Extension, InputRule, textInputRule } from "django-prose-editor/editor"

const QUOTES = { de: "„“‚‘", en: "“”‘’" }

function quotes() {
  const language = document.querySelector("#id_language")?.value || document.documentElement.lang
  return QUOTES[language.slice(0, 2)] || QUOTES.en
}

const count = (text, character) => text.split(character).length - 1

// Which quote is meant where `before` is the text so far: it opens at the start of a word, else it closes.
function meant(typed, before) {
  const [open, close, openSingle, closeSingle] = quotes()
  const [opening, closing] = typed === '"' ? [open, close] : [openSingle, closeSingle]
  const last = before.at(-1)
  if (!last || /[\s([{]/.test(last) || last === open || last === openSingle) return opening
  const inside = count(before, opening) > count(before, closing)
  if (/[-–—/]/.test(last)) return inside ? closing : opening
  return typed === "'" && !inside ? "’" : closing
}

const quote = new InputRule({
  find: (text) => (/["']$/.test(text) ? { index: text.length - 1, text: text.at(-1) } : null),
  handler: ({ state, range, match }) => {
    state.tr.insertText(meant(match[0], match.input.slice(0, -1)), range.from, range.to)
  },
})

export const Typewriter = Extension.create({
  name: "Typewriter",
  addInputRules: () => [
    quote,
    textInputRule({ find: /\.\.\.$/, replace: "…" }),
    textInputRule({ find: /\s(- )$/, replace: "– " }),
  ],
})
