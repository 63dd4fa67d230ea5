// Behaviour of one part: citation sheet, plain/clinical switch, follow-up taps, announcement, print.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".answer-root");
  if (root.dataset.uid === data.uid) return; // already drawn: keep what the reader opened
  root.dataset.uid = data.uid;
  root.innerHTML = data.html; // escaped by the template on the server

  const turn = root.querySelector(".turn");
  const sheet = root.querySelector(".sheet");
  const asked = root.querySelector(".asked");
  if (asked && asked.scrollHeight > asked.clientHeight) asked.tabIndex = 0; // long: scrolls by keyboard too

  const open = (button) => {
    const n = button.dataset.n;
    sheet.querySelector(".sheet-title").textContent = sheet.dataset.title.replace("{n}", n);
    const passages = sheet.querySelector(".sheet-passages");
    passages.replaceChildren();
    for (const id of button.dataset.passages.split(" ")) {
      const template = root.querySelector(`template[data-passage="${CSS.escape(id)}"]`);
      if (template) passages.append(template.content.cloneNode(true));
    }
    const source = root.querySelector(`template[data-source="${CSS.escape(n)}"]`);
    sheet.querySelector(".sheet-source").replaceChildren(source.content.cloneNode(true));
    sheet.dataset.view = turn.dataset.view;
    sheet.showModal();
    sheet.scrollTop = 0;
  };

  root.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (event.target === sheet) sheet.close(); // a tap beside the sheet
    if (!target) return;
    if (target.dataset.n) open(target);
    else if (target.classList.contains("sheet-close")) sheet.close();
    else if ("print" in target.dataset) window.print();
    else if (target.dataset.ask) setTriggerValue("ask", target.dataset.ask);
    else if (target.dataset.show) {
      turn.dataset.view = target.dataset.show;
      for (const other of root.querySelectorAll("[data-show]"))
        other.setAttribute("aria-pressed", String(other === target));
    }
  });

  if (data.newest) {
    const toStart = () => { if (turn.isConnected) turn.scrollIntoView({ block: "start" }); };
    for (const wait of [0, 150]) setTimeout(toStart, wait); // again when fonts and layout settled
    const status = root.querySelector("[data-ready]");
    setTimeout(() => { status.textContent = status.dataset.ready; }, 150);
  }
}
