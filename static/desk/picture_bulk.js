// What is filled in for many pictures is meant to be set: its box is ticked by itself.
for (const row of document.querySelectorAll(".bulk-row")) {
  const box = row.querySelector(".bulk-tick input")
  row.querySelector(".bulk-field").addEventListener("input", () => (box.checked = true))
}
