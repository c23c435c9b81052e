// Run as a process of its own: the package unpacks into the folder for temporary files, which is this process's TMPDIR.
import chromium, { inflate } from "@sparticuz/chromium";
import { inProject } from "./paths.mjs";

await chromium.executablePath();
await inflate(inProject("node_modules", "@sparticuz", "chromium", "bin", "al2023.tar.br"));
