// Bytes to UTF-8, with the way back.
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>

#include "ingest_impl.h"

namespace masudi::ingest_detail {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Magic {
  std::string_view bytes;
  std::size_t at;
  std::string_view kind;
};

// First bytes of what people take for articles by mistake.
constexpr std::array<Magic, 24> magics{{
    {"%PDF-", 0, "a PDF document"},
    {"PK\x03\x04", 0, "a zip archive (or an office document)"},
    {"PK\x05\x06", 0, "an empty zip archive"},
    {"\x1F\x8B", 0, "a gzip archive"},
    {"BZh", 0, "a bzip2 archive"},
    {"\xFD"
     "7zXZ",
     0, "an xz archive"},
    {"7z\xBC\xAF\x27\x1C", 0, "a 7z archive"},
    {"\x28\xB5\x2F\xFD", 0, "a zstd archive"},
    {"Rar!\x1A\x07", 0, "a rar archive"},
    {"ustar", 257, "a tar archive"},
    {"\x89PNG\r\n", 0, "a PNG image"},
    {"\xFF\xD8\xFF", 0, "a JPEG image"},
    {"GIF87a", 0, "a GIF image"},
    {"GIF89a", 0, "a GIF image"},
    {"WEBP", 8, "a WebP image"},
    {"WAVE", 8, "a WAVE sound"},
    {"ID3", 0, "an MP3 sound"},
    {"OggS", 0, "an Ogg stream"},
    {"ftyp", 4, "an MP4 video"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0, "an old office document"},
    {"{\\rtf", 0, "an RTF document"},
    {"\x7F"
     "ELF",
     0, "a program"},
    {"SQLite format 3", 0, "an SQLite database"},
    {"PAR1", 0, "a Parquet table"},
}};

struct Label {
  std::string_view label, name, converter;
};

// Labels whose WHATWG meaning differs from the name taken literally, and the converter of ICU that reads them.
// Every other label is looked up in ICU's own table of aliases.
constexpr std::array<Label, 44> labels{{
    {"utf-8", "utf-8", ""},
    {"utf8", "utf-8", ""},
    {"unicode-1-1-utf-8", "utf-8", ""},
    {"ascii", "windows-1252", "windows-1252"},
    {"us-ascii", "windows-1252", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252", "windows-1252"},
    {"iso-8859-1", "windows-1252", "windows-1252"},
    {"iso8859-1", "windows-1252", "windows-1252"},
    {"iso88591", "windows-1252", "windows-1252"},
    {"iso_8859-1", "windows-1252", "windows-1252"},
    {"latin1", "windows-1252", "windows-1252"},
    {"latin-1", "windows-1252", "windows-1252"},
    {"l1", "windows-1252", "windows-1252"},
    {"cp1252", "windows-1252", "windows-1252"},
    {"x-cp1252", "windows-1252", "windows-1252"},
    {"iso-8859-9", "windows-1254", "windows-1254"},
    {"iso8859-9", "windows-1254", "windows-1254"},
    {"latin5", "windows-1254", "windows-1254"},
    {"iso-8859-11", "windows-874", "windows-874-2000"},
    {"tis-620", "windows-874", "windows-874-2000"},
    {"windows-874", "windows-874", "windows-874-2000"},
    {"gb2312", "gbk", "gb18030"},
    {"gb_2312-80", "gbk", "gb18030"},
    {"gbk", "gbk", "gb18030"},
    {"x-gbk", "gbk", "gb18030"},
    {"chinese", "gbk", "gb18030"},
    {"gb18030", "gb18030", "gb18030"},
    {"shift_jis", "shift_jis", "ibm-943_P15A-2003"},
    {"shift-jis", "shift_jis", "ibm-943_P15A-2003"},
    {"sjis", "shift_jis", "ibm-943_P15A-2003"},
    {"x-sjis", "shift_jis", "ibm-943_P15A-2003"},
    {"windows-31j", "shift_jis", "ibm-943_P15A-2003"},
    {"ms932", "shift_jis", "ibm-943_P15A-2003"},
    {"euc-kr", "euc-kr", "windows-949"},
    {"ks_c_5601-1987", "euc-kr", "windows-949"},
    {"korean", "euc-kr", "windows-949"},
    {"big5", "big5", "Big5-HKSCS"},
    {"big5-hkscs", "big5", "Big5-HKSCS"},
    {"x-x-big5", "big5", "Big5-HKSCS"},
    {"koi8-r", "koi8-r", "KOI8-R"},
    {"koi8", "koi8-r", "KOI8-R"},
    {"utf-16", "utf-16le", "UTF-16LE"},
    {"unicode", "utf-16le", "UTF-16LE"},
    {"utf-7", "windows-1252", "windows-1252"},  // browsers refuse UTF-7: it hides markup
}};

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

/// WHATWG name and ICU converter of a label; an empty name where nobody knows it.
Label find_label(std::string_view given, std::string& store) {
  store = ascii_lower(trim(given));
  for (const Label& known : labels)
    if (known.label == store) return known;
  if (store.empty() || store.find("utf-7") != std::string::npos) return {};
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(store.c_str(), &status));
  if (U_FAILURE(status)) return {};
  switch (ucnv_getType(converter.get())) {
    case UCNV_UTF8:
      return {store, "utf-8", ""};
    case UCNV_EBCDIC_STATEFUL:
    case UCNV_HZ:
    case UCNV_ISCII:
    case UCNV_SCSU:
    case UCNV_BOCU1:
    case UCNV_IMAP_MAILBOX:
    case UCNV_COMPOUND_TEXT:
      return {};  // not of the web
    default:
      return {store, store, store};
  }
}

/// Length of the valid sequence at `at`; 0 where there is none, with the length of the bad part in `bad`.
std::size_t sequence(std::string_view bytes, std::size_t at, std::size_t& bad) {
  const auto byte = [&](std::size_t i) { return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U; };
  const unsigned first = byte(0);
  bad = 1;
  if (first < 0x80) return 1;
  unsigned low = 0x80, high = 0xBF;
  std::size_t size = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    size = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    size = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    size = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i < size; ++i) {
    const unsigned next = byte(i);
    if (next < low || next > high) return 0;
    low = 0x80;
    high = 0xBF;
    bad = i + 1;
  }
  return size;
}

struct Utf8Count {
  std::uint64_t multi = 0, bad = 0;
  bool cut = false;  ///< the only bad sequence is the unfinished last one
};

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t bad = 1;
    const std::size_t size = sequence(bytes, at, bad);
    if (size == 0) {
      ++count.bad;
      if (count.bad == 1 && bad > 0 && at + bad == bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0xC2 && bytes.size() - at < 4)
        count.cut = true;
      at += bad;
      continue;
    }
    if (size > 1) ++count.multi;
    at += size;
  }
  return count;
}

void decode_utf8(std::string_view bytes, std::uint64_t offset, Decoded& out) {
  out.text.reserve(bytes.size());
  std::size_t run = 0;
  const auto flush = [&](std::size_t end) {
    if (end > run) out.alignment.add({static_cast<std::uint32_t>(out.text.size()), offset + run, static_cast<std::uint32_t>(end - run), end - run});
    out.text.append(bytes.substr(run, end - run));
  };
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t bad = 1;
    const std::size_t size = sequence(bytes, at, bad);
    ++out.characters;
    if (size > 0) {
      at += size;
      continue;
    }
    flush(at);
    out.alignment.add({static_cast<std::uint32_t>(out.text.size()), offset + at, 3, bad});
    append_utf8(out.text, replacement);
    ++out.replaced;
    at += bad;
    run = at;
  }
  flush(bytes.size());
}

/// Any encoding that ICU reads.
bool decode_icu(std::string_view bytes, std::uint64_t offset, const std::string& converter_name, Decoded& out) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(converter_name.c_str(), &status));
  if (U_FAILURE(status)) return false;
  constexpr std::size_t chunk = 1U << 15U;
  std::vector<UChar> units(chunk);
  std::vector<std::int32_t> offsets(chunk);
  const char* source = bytes.data();
  const char* const limit = bytes.data() + bytes.size();

  std::string pending;  // UTF-8 of the characters that begin at raw byte `pending_at`: flushed when the next beginning is known
  std::uint64_t pending_at = 0;
  UChar high = 0;
  const auto flush = [&](std::uint64_t next) {
    if (pending.empty()) return;
    out.alignment.add(
        {static_cast<std::uint32_t>(out.text.size()), offset + pending_at, static_cast<std::uint32_t>(pending.size()), next - pending_at});
    out.text += pending;
    pending.clear();
  };
  const auto take = [&](char32_t code, std::uint64_t at) {
    // Some converters write SUB for what they cannot read.
    if (code == 0x1A && at < bytes.size() && bytes[at] != 0x1A) code = replacement;
    if (at != pending_at) {
      flush(at);
      pending_at = at;
    }
    append_utf8(pending, code);
    ++out.characters;
    if (code == replacement) ++out.replaced;
  };
  std::uint64_t high_at = 0;
  for (;;) {
    UChar* target = units.data();
    const auto base = static_cast<std::uint64_t>(source - bytes.data());
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, units.data() + chunk, &source, limit, offsets.data(), true, &status);
    std::uint64_t last = std::max(pending_at, base);
    for (std::size_t i = 0; i < static_cast<std::size_t>(target - units.data()); ++i) {
      std::uint64_t at = offsets[i] < 0 ? (i == 0 ? pending_at : last) : base + static_cast<std::uint64_t>(offsets[i]);
      at = std::max(at, pending_at);  // never backwards
      last = at;
      const UChar unit = units[i];
      if (high != 0 && U16_IS_TRAIL(unit)) {
        take(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, unit)), high_at);
        high = 0;
        continue;
      }
      if (high != 0) take(replacement, high_at);
      high = 0;
      if (U16_IS_LEAD(unit)) {
        high = unit;
        high_at = at;
      } else {
        take(U16_IS_TRAIL(unit) ? replacement : static_cast<char32_t>(unit), at);
      }
    }
    if (status != U_BUFFER_OVERFLOW_ERROR) break;
  }
  if (high != 0) take(replacement, high_at);
  flush(bytes.size());
  return U_SUCCESS(status);
}

/// What a page says of its encoding, by the HTML standard's prescan in spirit: <meta charset>, <meta http-equiv>, the XML declaration.
std::string declared_in_page(std::string_view bytes) {
  const std::string head = ascii_lower(bytes.substr(0, 4096));
  const auto value_after = [&](std::size_t at) -> std::string {
    while (at < head.size() && (head[at] == ' ' || head[at] == '\t' || head[at] == '\n' || head[at] == '\r')) ++at;
    if (at >= head.size() || head[at] != '=') return {};
    ++at;
    while (at < head.size() && (head[at] == ' ' || head[at] == '"' || head[at] == '\'')) ++at;
    const auto end = head.find_first_of(" \t\r\n\"';/>?", at);
    return head.substr(at, end == std::string::npos ? std::string::npos : end - at);
  };
  if (head.starts_with("<?xml")) {
    const auto close = head.find("?>");
    const auto at = head.find("encoding");
    if (at != std::string::npos && at < close)
      if (auto value = value_after(at + 8); !value.empty()) return value;
  }
  for (std::size_t at = 0; at < head.size();) {
    at = head.find('<', at);
    if (at == std::string::npos) break;
    if (head.compare(at, 4, "<!--") == 0) {
      const auto end = head.find("-->", at + 2);
      if (end == std::string::npos) break;
      at = end + 3;
      continue;
    }
    if (head.compare(at, 5, "<meta") == 0) {
      const auto end = head.find('>', at);
      for (auto set = head.find("charset", at); set != std::string::npos && set < end; set = head.find("charset", set + 7))
        if (auto value = value_after(set + 7); !value.empty()) return value.starts_with("utf-16") ? "utf-8" : value;
    }
    ++at;
  }
  return {};
}

/// UTF-16 without a byte order mark: every other byte is NUL in English text.
std::string guess_utf16(std::string_view bytes) {
  const std::size_t size = std::min<std::size_t>(bytes.size(), 1024) / 2 * 2;
  if (size < 8) return {};
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    even += bytes[i] == '\0';
    odd += bytes[i + 1] == '\0';
  }
  const std::size_t pairs = size / 2;
  if (odd * 10 >= pairs * 7 && even * 10 < pairs) return "utf-16le";
  if (even * 10 >= pairs * 7 && odd * 10 < pairs) return "utf-16be";
  return {};
}

/// The last resort. English in a Western encoding has few high bytes: ICU's detector is asked only about texts that have many.
std::string guess(std::string_view bytes) {
  const auto high = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  if (high * 10 < bytes.size()) return "windows-1252";
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
  if (U_FAILURE(status)) return "windows-1252";
  const std::string_view sample = bytes.substr(0, 1U << 16U);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return "windows-1252";
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr || confidence < 20) return "windows-1252";
  return name;
}

}  // namespace

std::string_view binary_kind(std::string_view bytes) {
  for (const Magic& magic : magics)
    if (bytes.size() >= magic.at + magic.bytes.size() && bytes.compare(magic.at, magic.bytes.size(), magic.bytes) == 0) {
      // "ID3", "BZh", "PAR1" may begin a text: what follows decides
      if (std::none_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), 64)),
                       [](char c) {
                         return static_cast<unsigned char>(c) >= 0x80 ||
                                (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t');
                       }) &&
          magic.kind != "a PDF document" && magic.kind != "an RTF document" && !magic.kind.starts_with("a GIF"))
        continue;
      return magic.kind;
    }
  return {};
}

bool looks_like_html(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string head = ascii_lower(bytes.substr(0, 4096));
  std::string_view rest = head;
  for (;;) {
    const auto at = rest.find_first_not_of(" \t\r\n\f");
    if (at == std::string_view::npos) return false;
    rest.remove_prefix(at);
    if (rest.starts_with("<!--") || rest.starts_with("<?xml")) {
      const std::string_view close = rest.starts_with("<?") ? "?>" : "-->";
      const auto end = rest.find(close);
      if (end == std::string_view::npos) return true;
      rest.remove_prefix(end + close.size());
      continue;
    }
    break;
  }
  static constexpr std::array<std::string_view, 20> tags{
      "!doctype html", "html", "head", "body", "title", "meta", "div",  "p",       "h1",     "h2",
      "article",       "main", "span", "a",    "table", "ul",   "font", "section", "script", "link"};
  if (!rest.starts_with('<')) return false;
  rest.remove_prefix(1);
  return std::any_of(tags.begin(), tags.end(), [&](std::string_view tag) {
    return rest.starts_with(tag) && (rest.size() == tag.size() || std::string_view(" \t\r\n/>").find(rest[tag.size()]) != std::string_view::npos);
  });
}

bool looks_like_conllu(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (const std::string_view comment : {"# newdoc", "# newpar", "# sent_id", "# global.columns", "# text ="})
    if (bytes.starts_with(comment)) return true;
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  return !line.empty() && line.front() >= '0' && line.front() <= '9' && std::count(line.begin(), line.end(), '\t') == 9;
}

bool looks_like_json(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  constexpr std::string_view blanks = " \t\r\n";
  auto at = bytes.find_first_not_of(blanks);
  if (at == std::string_view::npos) return false;
  if (bytes[at] == '[') {
    at = bytes.find_first_not_of(blanks, at + 1);
    return at != std::string_view::npos && (bytes[at] == '{' || bytes[at] == ']');
  }
  if (bytes[at] != '{') return false;
  at = bytes.find_first_not_of(blanks, at + 1);
  return at != std::string_view::npos && (bytes[at] == '"' || bytes[at] == '}');
}

bool is_valid_utf8(std::string_view bytes) { return count_utf8(bytes).bad == 0; }

Result<Decoded> decode(std::string_view bytes, const std::optional<std::string>& encoding, bool html) {
  std::string store, name, converter;
  const auto use = [&](std::string_view label) {
    const Label found = find_label(label, store);
    if (found.name.empty()) return false;
    name = found.name;
    converter = found.converter;
    return true;
  };
  std::size_t mark = 0;
  bool certain = true;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    use("utf-8");
    mark = 3;
  } else if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) && bytes.size() % 4 == 0) {
    use("utf-32le");
    mark = 4;
  } else if (bytes.starts_with("\xFF\xFE")) {
    use("utf-16le");
    mark = 2;
  } else if (bytes.starts_with("\xFE\xFF")) {
    use("utf-16be");
    mark = 2;
  } else {
    const Utf8Count utf8 = count_utf8(bytes);
    const bool sound = utf8.bad == 0 || utf8.cut || (utf8.multi > 0 && utf8.multi >= utf8.bad);
    const std::string wide = guess_utf16(bytes);
    bool known = encoding && use(*encoding);
    certain = known;
    if (!known && wide.empty() && html) {
      known = use(declared_in_page(bytes));
      // a page that calls itself Western but is sound UTF-8 throughout is UTF-8: the label was never looked at
      if (known && name == "windows-1252" && utf8.bad == 0 && utf8.multi > 0) use("utf-8");
    }
    // bytes that say UTF-8 and hold no single valid sequence are something else
    if (known && name == "utf-8" && !sound && utf8.multi * 2 < utf8.bad) known = certain = false;
    if (!known) use(!wide.empty() ? wide : sound ? "utf-8" : guess(bytes));
  }
  Decoded out;
  if (name.empty()) use("windows-1252");
  out.encoding = name;
  bytes.remove_prefix(mark);
  if (converter.empty())
    decode_utf8(bytes, mark, out);
  else if (!decode_icu(bytes, mark, converter, out))
    return Error{ErrorCode::bad_encoding, "could not be read as " + name, "", {0, bytes.size() + mark}};
  if (out.replaced > 3 && out.replaced * 10 > out.characters) {
    return Error{ErrorCode::bad_encoding,
                 std::to_string(out.replaced) + " of " + std::to_string(out.characters) + " characters could not be read as " + name +
                     (certain ? ", which the source says it is in; give --encoding" : "; expected text, in UTF-8 or another encoding of the web"),
                 "",
                 {0, bytes.size() + mark}};
  }
  return out;
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (first < 0xF0) return {(first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  return {(first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU), 4};
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U);
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3FU));
    put(0x80U | (code >> 6U & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

bool is_blank(char32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = code_point_at(text, 0);
    if (!is_blank(first.value)) break;
    text.remove_prefix(std::min<std::size_t>(first.size, text.size()));
  }
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    if (!is_blank(code_point_at(text, at).value)) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

std::string collapse(std::string_view text) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const auto size = std::min<std::size_t>(point.size, text.size() - at);
    if (is_blank(point.value)) {
      blank = true;
    } else {
      if (blank && !out.empty()) out += ' ';
      blank = false;
      out.append(text.substr(at, size));
    }
    at += size;
  }
  return out;
}

}  // namespace masudi::ingest_detail
