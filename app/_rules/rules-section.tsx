type RulesSectionProps = { id: string; title: string; rules: { name: string; text: string }[] };

/** Rules of one kind: what each is called, and what it comes to. */
export function RulesSection({ id, title, rules }: RulesSectionProps) {
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} className="mb-2 font-semibold text-lg">
        {title}
      </h2>
      <dl>
        {rules.map(({ name, text }) => (
          <div key={name} className="grid gap-x-8 gap-y-1 border-line border-t py-3 sm:grid-cols-[14rem_1fr]">
            <dt className="font-medium">{name}</dt>
            <dd className="text-ink-2">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
