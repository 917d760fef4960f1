// The fields that engines index, made of a document.

/** Everything an article says; `most` characters of its description and body, or all of them. */
export function fields({ article, title, answers, description, parts }, most = Infinity) {
  return {
    article,
    title,
    answers: answers.join("\n"),
    headings: parts.map((part) => part.heading).join("\n").trim(),
    text: [description, ...parts.map((part) => part.text)].join("\n").trim().slice(0, most),
  };
}
