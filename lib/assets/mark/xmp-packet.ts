import "server-only";

/**
 * The IPTC term for a picture that a trained model made:
 * https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
 */
export const TRAINED_ALGORITHMIC_MEDIA =
  "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

const SERVICE = "Sunprint";

/**
 * What every file says of itself: made by a model, here, under this content id. Neither who asked for it nor with what
 * words. The id is ours (`img_…`), plain ASCII, so nothing in it needs escaping.
 */
function describe(contentId: string): string {
  return (
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"' +
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
    ` Iptc4xmpExt:DigitalSourceType="${TRAINED_ALGORITHMIC_MEDIA}"` +
    ` xmp:CreatorTool="${SERVICE}" dc:identifier="${contentId}"/>`
  );
}

/**
 * The XMP of a file that is handed out. What the provider wrote stays, and ours is added to it; `existing` is its packet,
 * or null when there is none.
 */
export function writePacket(contentId: string, existing: string | null): string {
  const end = existing?.lastIndexOf("</rdf:RDF>") ?? -1;
  if (existing !== null && end >= 0) {
    return existing.includes(TRAINED_ALGORITHMIC_MEDIA)
      ? existing
      : `${existing.slice(0, end)}${describe(contentId)}${existing.slice(end)}`;
  }
  // No padding for editors: this packet is in every tile of a page.
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `${describe(contentId)}</rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  );
}
