// The lead picture of a story: chosen in the dialog or by typing, and shown with what the library says of it.
import { notes } from "./figures_parts.js"
import { canChoose, choose } from "./picture_chooser.js"
import { facts } from "./picture_chooser_facts.js"

const select = document.querySelector("select#id_lead_picture")
const box = document.querySelector(".lead-look")
const WORDS = { caption: document.querySelector("#id_picture_caption"), credit: document.querySelector("#id_picture_credit") }

async function show() {
  const pk = select.value
  const said = pk ? await facts(pk) : null
  if (pk !== select.value) return
  const image = said && Object.assign(new Image(said.width, said.height), { src: said.look, alt: said.alt })
  box.querySelector(".lead-picture").replaceChildren(...(image ? [image] : []))
  box.querySelector(".figure-notes").replaceChildren(...(said ? notes(said, said.credit || WORDS.credit?.value ? [] : ["credit"]) : []))
  box.querySelector(".lead-none").hidden = !pk
  for (const name in WORDS) if (WORDS[name]) WORDS[name].placeholder = said?.[name] ?? ""
}

// As if it had been found by typing.
function put({ pk, title } = { pk: "" }) {
  if (pk && ![...select.options].some(({ value }) => value === pk)) select.add(new Option(title, pk))
  select.value = pk
  select.dispatchEvent(new Event("change", { bubbles: true }))
}

if (select && box && canChoose()) {
  const open = box.querySelector(".lead-choose")
  open.hidden = false
  open.addEventListener("click", async () => {
    const [chosen] = await choose()
    if (chosen) put(chosen)
    open.focus()
  })
  box.querySelector(".lead-none").addEventListener("click", () => (put(), open.focus()))
  // What is chosen by typing is told to jQuery's listeners only: the page's other scripts hear of it here.
  django.jQuery(select).on("change", ({ originalEvent }) => {
    if (!originalEvent) select.dispatchEvent(new Event("input", { bubbles: true }))
    show()
  })
  WORDS.credit?.addEventListener("change", show)
  show()
}
