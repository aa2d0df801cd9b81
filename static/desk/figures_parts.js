// What pictures in the text and on the form are drawn with.
export const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)

export function build(name, { data = {}, ...properties } = {}, children = []) {
  const element = Object.assign(document.createElement(name), properties)
  Object.assign(element.dataset, data)
  element.append(...children)
  return element
}

const WITHOUT_ALT = spoken("No alternative text: describe it in the library.", "Kein Alternativtext: im Archiv beschreiben.")
const WITHOUT_CREDIT = spoken("No credit", "Kein Nachweis")

// What is known of a picture (facts) and what is wrong with it, with the way to its form in another window.
export function notes({ title, alt, page, warning }, without = []) {
  const link = build("a", { href: page, target: "_blank", rel: "noopener", textContent: title, className: "figure-title" })
  const badge = (textContent) => build("span", { className: "badge badge-changed", textContent })
  return [
    build("p", {}, [link, ...without.includes("credit") ? [" ", badge(WITHOUT_CREDIT)] : []]),
    build("p", { className: "figure-alt" }, [alt ? `Alt: ${alt}` : badge(WITHOUT_ALT)]),
    ...(warning ? [build("p", { className: "figure-warning", textContent: warning })] : []),
  ]
}

// Buttons (dict: name to label and what it does) in a row.
export function tools(all) {
  const buttons = Object.entries(all).map(([tool, [textContent, act]]) => {
    const button = build("button", { type: "button", className: "figure-tool", data: { tool }, textContent })
    button.addEventListener("click", act)
    return button
  })
  return build("div", { className: "figure-tools" }, buttons)
}
