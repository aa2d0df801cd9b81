// The crops of one picture: each shown as it will be, and one at a time framed by hand, by mouse or keys.
import { chosen, fitted, largest } from "./picture_framing.js"

const WHOLE = 1000

export function attachCrops({ stage, size, placeOf, steps }) {
  const frame = stage.querySelector(".stage-crop")
  let focal = { x: 500, y: 500 }
  let framed = null

  const all = [...document.querySelectorAll(".picture-crop")].map((item) => {
    const [left, top, width] = item.querySelectorAll("input")
    const shape = { wide: Number(item.dataset.wide), high: Number(item.dataset.high) }
    return { item, fields: { left, top, width }, shape, name: item.dataset.ratio.replace("x", ":") }
  })
  const isByHand = ({ fields }) => Object.values(fields).every((field) => field.value !== "")
  const place = ({ fields }) => ({ left: Number(fields.left.value), top: Number(fields.top.value), width: Number(fields.width.value) })
  const box = (crop) => (isByHand(crop) ? chosen(size, crop.shape, place(crop)) : largest(size, crop.shape, focal))

  function draw(at = focal) {
    focal = at
    for (const crop of all) {
      const { left, top, width, height } = box(crop)
      crop.item.querySelector(".crop-look").setAttribute("viewBox", `${left} ${top} ${width} ${height}`)
      const state = crop.item.querySelector(".crop-state")
      state.textContent = isByHand(crop) ? state.dataset.saidChosen : state.dataset.saidAround
      crop.item.querySelector("[data-auto]").hidden = !isByHand(crop)
      crop.item.classList.toggle("is-framed", crop === framed)
    }
    frame.toggleAttribute("hidden", !framed)
    if (!framed) return
    const { left, top, width, height } = box(framed)
    for (const [name, value] of Object.entries({ x: left, y: top, width, height })) frame.setAttribute(name, value)
    frame.setAttribute("aria-label", frame.dataset.label.replace("%s", framed.name))
  }

  function put(wanted) {
    const fits = fitted(size, framed.shape, wanted)
    for (const [side, field] of Object.entries(framed.fields)) field.value = fits[side]
    framed.fields.width.dispatchEvent(new Event("change", { bubbles: true }))
    draw()
  }

  function start(crop) {
    framed = crop
    const { left, top, width } = box(crop)
    if (!isByHand(crop)) put({ left: (left / size.width) * WHOLE, top: (top / size.height) * WHOLE, width: (width / size.width) * WHOLE })
    draw()
    frame.focus()
  }

  frame.addEventListener("pointerdown", (event) => {
    event.stopPropagation()
    frame.setPointerCapture(event.pointerId)
    const [from, was] = [placeOf(event), place(framed)]
    const follow = (moved) => put({ ...was, left: was.left + placeOf(moved).x - from.x, top: was.top + placeOf(moved).y - from.y })
    frame.addEventListener("pointermove", follow)
    frame.addEventListener("lostpointercapture", () => frame.removeEventListener("pointermove", follow), { once: true })
  })
  frame.addEventListener("keydown", (event) => {
    const [step, wider] = [steps[event.key], { "+": 1, "=": 1, "-": -1 }[event.key]]
    if (event.key === "Escape") framed = null
    if ((!step && !wider && event.key !== "Escape") || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (!framed) return draw()
    const [was, far] = [place(framed), event.shiftKey ? 50 : 10]
    put(step ? { ...was, left: was.left + step[0] * far, top: was.top + step[1] * far } : { ...was, width: was.width + wider * far * 2 })
  })
  for (const crop of all) {
    crop.item.querySelector("[data-frame]").hidden = false
    crop.item.querySelector("[data-frame]").addEventListener("click", () => start(crop))
    crop.item.querySelector("[data-auto]").addEventListener("click", () => {
      for (const field of Object.values(crop.fields)) field.value = ""
      if (framed === crop) framed = null
      crop.fields.width.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
  return { draw }
}
