// Where the crops of a picture lie: the same geometry as articles/media/framing.py, in pixels.
const WHOLE = 1000
const inside = (value, room) => Math.max(0, Math.min(Math.round(value), room))

// The largest box of a shape, as near to the focal point (thousandths) as the picture allows.
export function largest(size, shape, focal) {
  const width = Math.max(1, Math.min(size.width, Math.round((size.height * shape.wide) / shape.high)))
  const height = Math.max(1, Math.min(size.height, Math.round((size.width * shape.high) / shape.wide)))
  const left = (size.width * focal.x) / WHOLE - width / 2
  const top = (size.height * focal.y) / WHOLE - height / 2
  return { left: inside(left, size.width - width), top: inside(top, size.height - height), width, height }
}

// The box somebody chose by left, top and width (thousandths).
export function chosen(size, shape, place) {
  let width = Math.max(1, Math.round((size.width * place.width) / WHOLE))
  let height = Math.max(1, Math.round((width * shape.high) / shape.wide))
  if (height > size.height) [width, height] = [Math.max(1, Math.round((size.height * shape.wide) / shape.high)), size.height]
  const left = inside((size.width * place.left) / WHOLE, size.width - width)
  return { left, top: inside((size.height * place.top) / WHOLE, size.height - height), width, height }
}

// The nearest place (thousandths) at which a crop of a shape lies wholly in the picture.
export function fitted(size, shape, place) {
  const tallest = (size.height * shape.wide) / (shape.high * size.width)
  const width = Math.max(20, Math.min(Math.round(place.width), Math.floor(WHOLE * Math.min(1, tallest))))
  const height = (width * size.width * shape.high) / (shape.wide * size.height)
  return { left: inside(place.left, WHOLE - width), top: inside(place.top, Math.floor(WHOLE - height)), width }
}
