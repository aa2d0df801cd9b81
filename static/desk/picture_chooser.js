// The dialog in which pictures are chosen from the library: one for a place, or several for a gallery.
import { dialog } from "./picture_chooser_facts.js"
import { startAgain } from "./picture_chooser_list.js"
import "./picture_chooser_upload.js"

const part = (name) => dialog.querySelector(`.chooser-${name}`)
let several = false
let chosen = [] // of the buttons' data, in the order in which they were chosen

export const canChoose = () => Boolean(dialog)

// What was chosen (list of facts), nothing where the dialog was closed.
export function choose(options = {}) {
  several = Boolean(options.several)
  chosen = []
  dialog.classList.toggle("chooser-for-several", several)
  dialog.returnValue = ""
  startAgain()
  show()
  dialog.showModal()
  dialog.querySelector("[type=search]").focus()
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "taken" ? chosen : []), { once: true })
  })
}

const take = () => dialog.close("taken")
const at = ({ key }) => chosen.findIndex((each) => each.key === key)

function press(card) {
  const found = at(card.dataset)
  if (found >= 0) chosen.splice(found, 1)
  else chosen = several ? [...chosen, { ...card.dataset }] : [{ ...card.dataset }]
  if (!several && chosen.length && !card.dataset.warning) return take()
  show()
  if (!several && chosen.length) part("take").focus()
}

// Which ones are chosen, and what keeps them from being printed.
function show() {
  for (const card of dialog.querySelectorAll(".choice")) {
    const found = at(card.dataset)
    card.setAttribute("aria-pressed", found >= 0)
    card.toggleAttribute("data-place", several && found >= 0)
    if (several && found >= 0) card.dataset.place = found + 1
  }
  const warnings = chosen.map(({ warning }) => warning).filter(Boolean)
  part("warnings").replaceChildren(
    ...warnings.map((textContent) => Object.assign(document.createElement("li"), { textContent })),
  )
  part("count").textContent = chosen.length
  part("take").hidden = several ? !chosen.length : !warnings.length
}

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest(".chooser-close")) return dialog.close("")
  if (event.target.closest(".chooser-take")) return take()
  const card = event.target.closest(".choice")
  if (card) press(card)
})
dialog?.addEventListener("choices:new", show)
