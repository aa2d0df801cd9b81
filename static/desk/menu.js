// An open menu closes with Escape, and with a press anywhere else.
const open = () => document.querySelector("details.menu[open]")

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open()
  if (!menu) return
  menu.open = false
  menu.querySelector("summary").focus()
})
document.addEventListener("click", (event) => {
  const menu = open()
  if (menu && !menu.contains(event.target)) menu.open = false
})
