// Suggestions below the search box while one types (ARIA combobox with a list); the form works without.
const input = document.querySelector("[data-suggest]")
const list = document.createElement("ul")
let shown = [], chosen = -1, asked = 0, timer

const close = () => {
  list.hidden = true
  chosen = -1
  input.setAttribute("aria-expanded", "false")
  input.removeAttribute("aria-activedescendant")
}

const point = (place) => {
  chosen = place
  for (const [number, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(number === place))
  if (place < 0) input.removeAttribute("aria-activedescendant")
  else input.setAttribute("aria-activedescendant", list.children[place].id)
}

const take = (place) => {
  input.value = shown[place]
  close()
  input.form.requestSubmit()
}

const item = (text, label, number) => {
  const made = document.createElement("li")
  made.id = `search-suggestion-${number}`
  made.setAttribute("role", "option")
  made.textContent = text
  if (label) made.append(Object.assign(document.createElement("small"), { textContent: label }))
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    take(number)
  })
  return made
}

const ask = async () => {
  const mine = ++asked
  if (input.value.trim().length < 2) return close()
  const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`).catch(() => null)
  if (mine !== asked || !answer?.ok) return
  const [, texts, labels] = await answer.json()
  if (mine !== asked) return
  shown = texts
  list.replaceChildren(...texts.map((text, number) => item(text, labels[number], number)))
  close()
  list.hidden = !texts.length
  input.setAttribute("aria-expanded", String(texts.length > 0))
}

if (input) {
  list.id = "search-suggestions"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", input.labels[0].textContent)
  input.after(list)
  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  close()
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, 120)
  })
  input.addEventListener("blur", close)
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) point((chosen + step + 1 + shown.length + 1) % (shown.length + 1) - 1)
    else if (event.key === "Escape") close()
    else if (event.key === "Enter" && chosen >= 0) take(chosen)
    else return
    event.preventDefault()
  })
}
