// The tokeniser, browser side: yoroku/search/tokens.py is the same thing at build time, and says why.
// Tests compare the two on every character; a change here is a change there and raises VERSION.

export const VERSION = 2;

const UNSTABLE = /[\u0897\u1c80-\u1c8f\u1dfa\ua720-\ua7ff\uab5b-\uab6b\ufdfa-\ufdff]/;
const STABLE_ASTRAL = /[\u{1d400}-\u{1d7ff}\u{1f100}-\u{1f251}\u{2f800}-\u{2fa1d}]/u;
const CLUSTER = /[\s\S][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*/gu;
const COMPOSES = /^[\u0020-\u024f\u0370-\u04ff\u1e00-\u1eff\u3041-\u30ff\uff66-\uff9d]/;
const MARK = /[\u0300-\u036f]/;
const DIACRITIC = /[\u00c0-\u024f\u1e00-\u1eff]/;
const SPACE = /[\t\x0b\x0c\r\x1c-\x1f \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const DROPPED =
  /[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/u;
const KANA = /[ぁ-ゖァ-ヺー]/;

// One line: the form that is kept, then the forms that are folded to it.
const VARIANTS = `
0〇 1一 2二 3三 4四 5五 6六 7七 8八 9九 -‐‑‒–−⁃﹣ ―—─━⸺ ~〜∼〰 ,、 .。 ・·•‧∙⋅ "“”„‟〝〞〟″ '‘’‚‛′ ケヶ
カヵ 亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆
桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 缶罐 巻卷
陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸 器噐 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕
暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 掲揭 渓溪 経經 継繼 茎莖 蛍螢 軽輕 鶏鷄 芸藝 撃擊 県縣 倹儉 剣劍
険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國 黒黑 済濟 砕碎 斎齋斉齊 剤劑
冴冱 桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 舎舍 釈釋 寿壽 収收 従從 渋澁 獣獸
縦縱 粛肅 処處 緒緖 諸諸 叙敍 奨奬 将將 渉涉 焼燒 称稱 証證 乗乘 剰剩 壌壤 嬢孃 条條 浄淨 畳疊 状狀
譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 晋晉 真眞 刃刄 尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 声聲
静靜 窃竊 摂攝 専專 戦戰 浅淺 潜潛 繊纖 践踐 銭錢 禅禪 双雙 壮壯 捜搜 挿插 争爭 荘莊 装裝 総總 聡聰
騒騷 増增 臓臟 蔵藏 属屬 続續 堕墮 体體 対對 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 単單 担擔 胆膽 団團 弾彈
断斷 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 党黨 盗盜 灯燈 当當 闘鬪 徳德
独獨 読讀 届屆 縄繩 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 秘祕 浜濱濵 瓶甁 払拂
仏佛 並竝 変變 辺邊邉 弁辨辯瓣 舗舖 穂穗 宝寶 豊豐 翻飜 没沒 毎每 万萬 満滿 槙槇 麺麵 黙默 弥彌 薬藥
訳譯 予豫 与與 余餘 誉譽 揺搖 様樣 謡謠 遥遙 瑶瑤 来來 頼賴 覧覽 乱亂 竜龍 両兩 猟獵 緑綠 塁壘 励勵
礼禮 霊靈 齢齡 恋戀 炉爐 労勞 楼樓 郎郞 禄祿 録錄 湾灣 高髙 崎﨑碕嵜 島嶋嶌 吉𠮷 清淸 青靑
`;
const VARIANT = new Map();
for (const entry of VARIANTS.trim().split(/\s+/)) {
  const [kept, ...forms] = entry;
  for (const form of forms) if (form !== kept) VARIANT.set(form, kept);
}

const stable = (char) => (char.length === 1 ? !UNSTABLE.test(char) : STABLE_ASTRAL.test(char));
const alone = (char) => (stable(char) ? char.normalize("NFKC") : char);
const compatible = (cluster) =>
  COMPOSES.test(cluster) ? cluster.normalize("NFKC") : [...cluster].map(alone).join("");

function foldChar(char) {
  if (SPACE.test(char)) return " ";
  if (DROPPED.test(char) || MARK.test(char)) return "";
  if (!stable(char)) return VARIANT.get(char) ?? char;
  let folded = "";
  for (const low of char.toLowerCase()) {
    const base = DIACRITIC.test(low) ? String.fromCodePoint(low.normalize("NFD").codePointAt(0)) : low;
    if (!MARK.test(base)) folded += VARIANT.get(base) ?? base;
  }
  return folded;
}

const known = new Map();
function foldCluster(cluster) {
  let folded = known.get(cluster);
  if (folded === undefined) {
    folded = [...compatible(cluster)].map((char) => [...foldChar(char)]).flat();
    known.set(cluster, folded);
  }
  return folded;
}

/** The units of a text: {v: character, s, e: UTF-16 offsets into the text, b: number of the block}. */
export function units(text) {
  const out = [];
  let block = 0;
  const last = () => (out.length && out.at(-1).b === block ? out.at(-1) : null);
  const endBlock = () => {
    if (last()?.v === " ") out.pop();
    block++;
  };
  for (const match of text.matchAll(CLUSTER)) {
    const cluster = match[0];
    if (cluster[0] === "\n") {
      endBlock();
      // Marks behind a line break have nothing to join: each stands alone.
      if (cluster.length > 1) for (const v of foldCluster(cluster.slice(1))) push(v, match.index + 1, match.index + cluster.length);
      continue;
    }
    for (const v of foldCluster(cluster)) push(v, match.index, match.index + cluster.length);
  }
  endBlock();
  return out;

  function push(v, s, e) {
    const before = last();
    if (v === " " && (!before || before.v === " ")) return;
    if (v === "-" && before && KANA.test(before.v)) v = "ー";
    // MQ-9 is MQ9
    if (/^[0-9]$/.test(v) && before?.v === "-" && out.at(-2)?.b === block && /^[a-z]$/.test(out.at(-2).v)) out.pop();
    out.push({ v, s, e, b: block });
  }
}

/** The text as search sees it; blocks stay lines. */
export function fold(text) {
  const lines = [[]];
  for (const unit of units(text)) {
    while (lines.length <= unit.b) lines.push([]);
    lines[unit.b].push(unit.v);
  }
  const blocks = text.split("\n").length;
  while (lines.length < blocks) lines.push([]);
  return lines.map((line) => line.join("")).join("\n");
}

const MOVED = [[0x20, 0x600, 0x3400], [0x2000, 0x2c00, 0x39e0], [0x3000, 0x3400, 0x45e0]];
export const END = "0";

/** The letter, or two, that a unit is written as in the index. */
export function letter(char) {
  const point = char.codePointAt(0);
  if (point >= 0x4e00 && point <= 0x9fff) return char;
  for (const [first, end, to] of MOVED) if (point >= first && point < end) return String.fromCharCode(point - first + to);
  return String.fromCharCode(0xa000 + (point >> 12), 0x4e00 + (point & 0xfff));
}

/** One word per unit: the unit and the next one, or END behind the last of a block. */
export function codedUnits(list) {
  return list.map((unit, i) => letter(unit.v) + (list[i + 1]?.b === unit.b ? letter(list[i + 1].v) : END));
}

export const coded = (text) => codedUnits(units(text));

const CJK =
  "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3038-\\u303b\\u3041-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f";
const WHITE = "\\t-\\r \\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const PIECE = new RegExp(`([${CJK}]+)|[^${WHITE}${CJK}]+`, "gu");
const WORDLIKE = /[0-9A-Za-z\u00aa-\u024f\u0370-\u1fff]/;

/** The words of a text in a language with spaces, one per position: {t: word, s, e, c: coded?}. */
export function spaced(text) {
  const out = [];
  for (const match of text.matchAll(PIECE)) {
    if (match[1]) {
      const list = units(match[0]);
      const words = codedUnits(list);
      list.forEach((unit, i) => out.push({ t: words[i], s: match.index + unit.s, e: match.index + unit.e, c: true }));
      continue;
    }
    const word = match[0].replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
    if (WORDLIKE.test(word)) {
      out.push({ t: word, s: match.index, e: match.index + match[0].length, c: false });
    }
  }
  return out;
}
