import { getFormatter, getTranslations } from "next-intl/server";
import type { Receipt, ReceiptMovement } from "@/lib/contracts/receipt";

/** Each movement with both its sides, as the ledger has it: the amounts of each sum to zero. */
export async function ReceiptMovements({ receipt }: { receipt: Receipt }) {
  const t = await getTranslations("receipt");
  return (
    <section aria-labelledby="movements" className="mt-8">
      <h2 id="movements" className="mb-2 font-semibold">
        {t("movements")}
      </h2>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-ink-3 text-xs">
            <th scope="col" className="pb-1 font-normal">
              {t("columnAccount")}
            </th>
            <th scope="col" className="pb-1 text-right font-normal">
              {t(`column.${receipt.unit}`)}
            </th>
            <th scope="col" className="w-16 pb-1 pl-2 text-right font-normal sm:w-28">
              {t("columnBefore")}
            </th>
            <th scope="col" className="w-16 pb-1 pl-2 text-right font-normal sm:w-28">
              {t("columnBalance")}
            </th>
          </tr>
        </thead>
        {receipt.movements.map((movement) => (
          <Movement key={movement.id} movement={movement} />
        ))}
      </table>
    </section>
  );
}

async function Movement({ movement }: { movement: ReceiptMovement }) {
  const [t, format] = await Promise.all([getTranslations("receipt"), getFormatter()]);
  return (
    <tbody>
      <tr className="border-line border-t">
        <th scope="rowgroup" colSpan={4} className="pt-2 text-left font-medium">
          {t(`kind.${movement.kind}`)}
          <span className="ml-2 font-normal text-ink-3 text-xs">{t(`signal.${movement.signal}`)}</span>
        </th>
      </tr>
      {movement.lines.map(({ account, amount, balanceAfter }) => (
        <tr key={account} className="text-ink-2">
          <td className="py-1 pl-4">{t(`account.${account}`)}</td>
          <td className="numeric py-1 text-right">
            {amount < 0 ? "−" : "+"}
            {format.number(Math.abs(amount))}
          </td>
          <td className="numeric py-1 text-right text-ink-3">
            {balanceAfter === null ? "" : format.number(balanceAfter - amount)}
          </td>
          <td className="numeric py-1 text-right text-ink-3">
            {balanceAfter === null ? "" : format.number(balanceAfter)}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
