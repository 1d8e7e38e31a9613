import type { Work } from "../src/core/contracts";
import { readHtml } from "../src/core/html-tree";
import { note } from "./story-note";
import { region } from "./story-scene";

const EN = `<h1>Facility letter</h1>
<p><strong>Lender:</strong> Brackwater Bank plc<br><strong>Borrower:</strong> Tallis Ferries Ltd (company number 0448&nbsp;771)</p>
<h2>1. The loan</h2>
<p>The Lender makes available a term loan of <b>GBP&nbsp;4,200,000</b>, to be drawn in one sum <em>not later than <u>31 March 2027</u></em>.</p>
<ul>
  <li>Interest: 2.35&nbsp;% above the reference rate.</li>
  <li>Repayment: equal instalments on the dates in the table.</li>
</ul>
<table>
  <caption>Repayment</caption>
  <thead>
    <tr><th scope="col">Date</th><th scope="col">Instalment</th><th scope="col">Balance</th></tr>
  </thead>
  <tbody>
    <tr><td>30 June 2027</td><td>GBP 1,400,000</td><td>GBP 2,800,000</td></tr>
    <tr><td>31 December 2027</td><td>GBP 1,400,000</td><td>GBP 1,400,000</td></tr>
    <tr><td>30 June 2028</td><td>GBP 1,400,000</td><td>nil</td></tr>
  </tbody>
</table>
<h2>2. Undertakings</h2>
<ol start="4">
  <li>The Borrower shall insure each vessel for its full value.</li>
  <li>The Borrower shall deliver accounts within 120 days of each year&apos;s end.</li>
</ol>
<blockquote>A breach of clause 4 is an event of default without notice.</blockquote>
<pre>ref:  BW/77-03
ccy:  GBP</pre>`.replace("&apos;", "’");

const ZH = `<h1>授信通知书</h1>
<p><strong>贷款人：</strong>临江银行股份有限公司<br><strong>借款人：</strong>远帆轮渡有限公司</p>
<h2>一、贷款</h2>
<p>贷款人提供金额为<b>人民币4,200,000元</b>的定期贷款，借款人应<em>不晚于<u>2027年3月31日</u></em>一次性提取。</p>
<ul>
  <li>利率：基准利率上浮2.35%。</li>
  <li>还款：按下表日期等额归还。</li>
</ul>
<table>
  <thead>
    <tr><th scope="col">日期</th><th scope="col">还款额</th><th scope="col">余额</th></tr>
  </thead>
  <tbody>
    <tr><td>2027年6月30日</td><td>1,400,000元</td><td>2,800,000元</td></tr>
    <tr><td>2027年12月31日</td><td>1,400,000元</td><td>1,400,000元</td></tr>
  </tbody>
</table>
<h2>二、承诺</h2>
<ol start="4">
  <li>借款人应为每艘船舶按全部价值投保。</li>
  <li>借款人应在每年年末后120日内提交财务报表。</li>
</ol>
<blockquote>违反第四条即构成违约，无需通知。</blockquote>`;

/** A letter in HTML with nested spans across its elements. @param broken its text is not the stored one. */
export function letter(language: string, broken = false): Work {
  const zh = language.startsWith("zh");
  const html = zh ? ZH : EN;
  const { text } = readHtml(html);
  const work = note(language);
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const points = (offset: number): number => Array.from(text.slice(0, offset)).length;
  const mark = (id: string, from: string, to: string, label: string): ReturnType<typeof region> => {
    const start = text.indexOf(from);
    const end = text.indexOf(to, start) + to.length;
    const value = { start: points(start), end: points(end), text: text.slice(start, end) };
    return {
      ...region(id, "entity", "hypertextlabels", { ...value, hypertextlabels: [label] }),
      to_name: "letter",
    };
  };
  const marks = zh
    ? [
        mark("1", "远帆", "有限公司", "party"),
        mark("2", "人民币", "元", "amount"),
        mark("3", "不晚于", "提取", "duty"),
        mark("4", "2027年3", "31日", "date"),
        mark("5", "2027年12", "31日", "date"),
        mark("6", "按全部价值投保", "财务报表", "duty"),
      ]
    : [
        mark("1", "Tallis", "Ltd", "party"),
        mark("2", "GBP", "000", "amount"),
        mark("3", "to be drawn", "2027", "duty"),
        mark("4", "31 March", "2027", "date"),
        mark("5", "31 December", "2027", "date"),
        mark("6", "full value", "accounts", "duty"),
      ];
  return {
    ...work,
    project: { id: "p3", name: say("Facility letters", "授信文件审阅") },
    item: {
      ...work.item,
      data: { page: html },
      hashes: { letter: "0" },
      texts: { letter: broken ? `${text}.` : text },
    },
    schema: {
      version: 1,
      fields: [{ name: "letter", key: "page", kind: "html" }],
      questions: [
        {
          key: "entity",
          kind: "spans",
          tag: "hypertextlabels",
          field: "letter",
          labels: [
            { key: "party", text: say("Party", "当事人") },
            { key: "amount", text: say("Amount", "金额") },
            { key: "date", text: say("Date", "日期") },
            { key: "duty", text: say("Duty", "义务") },
          ],
        },
      ],
      layout: [
        {
          node: "header",
          text: say("Mark parties, amounts, dates and duties.", "标注当事人、金额、日期和义务。"),
        },
        { node: "field", name: "letter" },
        { node: "question", key: "entity" },
      ],
    },
    guideline: null,
    draft: { revision: 1, result: marks },
  };
}
