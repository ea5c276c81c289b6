/** Takes the reader to the first field that is not right, once the words beside it are there. */
export function focusFault(form: HTMLElement | null) {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
