import { learn } from "../src/i18n";

await learn("en");
await learn("zh-hans");
