import { notFound } from "next/navigation";

/** Every address that is no page, so that people get the not-found page in their language. */
export default function AnyOtherPage() {
  notFound();
}
