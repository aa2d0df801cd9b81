// Names of the desk while one types @: a list below the note, chosen with the arrows and Enter, or by a click.
const MENTION = /(?:^|[\s(])@([\w.+-]{0,30})$/
let area = null
let list = null
let asked = 0

const options = () => [...(list?.children ?? [])]
const chosen = () => options().find((option) => option.ariaSelected === "true")

function close() {
  list?.remove()
  list = null
  for (const name of ["aria-controls", "aria-activedescendant"]) area?.removeAttribute(name)
}

function choose(option) {
  for (const other of options()) other.ariaSelected = String(other === option)
  area.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
}

function take(option) {
  const before = area.value.slice(0, area.selectionStart).replace(/@[\w.+-]*$/, `@${option.dataset.username} `)
  area.setRangeText(before, 0, area.selectionStart, "end")
  close()
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function offer(people) {
  close()
  if (!people.length) return
  list = document.createElement("ul")
  Object.assign(list, { className: "note-people", id: "note-people", role: "listbox" })
  list.setAttribute("aria-label", "@")
  for (const [number, { username, name }] of people.entries()) {
    const option = document.createElement("li")
    Object.assign(option, { id: `note-person-${number}`, role: "option" })
    option.dataset.username = username
    option.textContent = name === username ? `@${username}` : `${name} @${username}`
    list.append(option)
  }
  area.after(list)
  area.setAttribute("aria-controls", list.id)
  choose(list.firstElementChild)
}

document.addEventListener(
  "input",
  async ({ target }) => {
    if (!target.matches?.("textarea[data-people]")) return
    area = target
    const typed = MENTION.exec(area.value.slice(0, area.selectionStart))
    const turn = ++asked
    if (!typed) return close()
    const answer = await fetch(`${area.dataset.people}?q=${encodeURIComponent(typed[1])}`).catch(() => null)
    const found = answer?.ok ? await answer.json().catch(() => null) : null
    if (turn === asked && area === document.activeElement) offer(found?.people ?? [])
  },
  true,
)
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== area || event.ctrlKey || event.metaKey) return
  const all = options()
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) choose(all.at((all.indexOf(chosen()) + step) % all.length))
  else if (event.key === "Enter" || event.key === "Tab") take(chosen())
  else if (event.key === "Escape") close()
  else return
  event.preventDefault()
})
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".note-people li")
  if (option) event.preventDefault()
  if (option) take(option)
})
document.addEventListener("focusout", ({ target }) => target === area && close())
