// One picture's focal point, by click and arrow keys; every crop follows it at once.
import { attachCrops } from "./picture_crops.js"

const WHOLE = 1000
const stage = document.querySelector("#picture-stage")
const point = stage.querySelector(".stage-focal")
const says = document.querySelector("#stage-says")
const fields = { x: document.querySelector("#id_focal_x"), y: document.querySelector("#id_focal_y") }
const size = { width: Number(stage.dataset.width), height: Number(stage.dataset.height) }
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const held = (value) => Math.max(0, Math.min(WHOLE, Math.round(value)))
const focal = () => ({ x: held(Number(fields.x.value)), y: held(Number(fields.y.value)) })

// Where in the picture something on the screen is, in thousandths.
export function placeOf(event) {
  const seen = stage.getBoundingClientRect()
  return { x: ((event.clientX - seen.left) / seen.width) * WHOLE, y: ((event.clientY - seen.top) / seen.height) * WHOLE }
}

function draw() {
  const { x, y } = focal()
  const radius = Math.max(size.width, size.height) / 40
  point.setAttribute("transform", `translate(${(size.width * x) / WHOLE} ${(size.height * y) / WHOLE})`)
  point.querySelector(".stage-ring").setAttribute("r", radius)
  point.querySelector(".stage-dot").setAttribute("r", radius / 4)
  crops.draw(focal())
}

function move(place) {
  fields.x.value = held(place.x)
  fields.y.value = held(place.y)
  fields.x.dispatchEvent(new Event("change", { bubbles: true }))
  says.value = says.dataset.says.replace("%x", fields.x.value).replace("%y", fields.y.value)
  draw()
}

function drag(event) {
  if (event.button !== 0 || event.target.closest(".stage-crop")) return
  event.preventDefault()
  stage.setPointerCapture(event.pointerId)
  const follow = (moved) => move(placeOf(moved))
  stage.addEventListener("pointermove", follow)
  stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", follow), { once: true })
  move(placeOf(event))
  point.focus({ preventScroll: true })
}

const crops = attachCrops({ stage, size, placeOf, steps })
stage.addEventListener("pointerdown", drag)
point.addEventListener("keydown", (event) => {
  const step = steps[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  const far = event.shiftKey ? 50 : 10
  move({ x: focal().x + step[0] * far, y: focal().y + step[1] * far })
})
for (const field of Object.values(fields)) field.addEventListener("input", draw)
document.querySelector(".picture-crops").addEventListener("input", draw)
stage.classList.add("is-alive")
for (const [name, value] of Object.entries({ tabindex: "0", role: "application", "aria-label": point.dataset.label })) point.setAttribute(name, value)
document.querySelector("#stage-help").hidden = false
draw()
