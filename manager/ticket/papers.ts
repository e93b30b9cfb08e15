/** The phrase of the branch that says so to the teller; a branch without it has no pre-check of documents. */
export const PAPERS_CHECKED = 'papers-checked';
