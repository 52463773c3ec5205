// CoNLL-U out and in.
#include <algorithm>
#include <charconv>

#include "masudi/annotate.h"

namespace masudi {

std::vector<NamedEntity> named_entities(const Sentence& sentence) {
  std::vector<NamedEntity> out;
  for (std::uint32_t i = 0; i < sentence.words.size(); ++i) {
    const Word& word = sentence.words[i];
    if (word.ner.size() < 3) continue;
    const std::string_view label = std::string_view(word.ner).substr(2);
    if (word.ner[0] == 'I' && !out.empty() && out.back().last == i && out.back().label == label) {
      out.back().last = i + 1;
      out.back().span.end = std::max(out.back().span.end, word.span.end);
    } else {
      out.push_back({i, i + 1, word.span, std::string(label)});
    }
  }
  return out;
}

namespace {

std::string_view or_blank(std::string_view value) { return value.empty() ? std::string_view("_") : value; }

/// One line of text: line breaks inside a sentence become blanks.
std::string flat(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return out;
}

/// `after` is where the next word begins, in this sentence or the next.
std::string misc(TextSpan span, std::uint32_t after, std::string_view ner) {
  std::string out = "start_char=" + std::to_string(span.begin) + "|end_char=" + std::to_string(span.end);
  if (!ner.empty() && ner != "O") out += "|NER=" + std::string(ner);
  if (after <= span.end) out += "|SpaceAfter=No";
  return out;
}

}  // namespace

std::string to_conllu(const Article& article, const std::vector<Sentence>& sentences) {
  std::string out = "# newdoc id = " + flat(article.id) + "\n";
  std::size_t number = 0;
  for (const Sentence& sentence : sentences) {
    ++number;
    // Behind the last word of all there is nothing, and no SpaceAfter=No, as in the treebanks.
    const bool more = number < sentences.size() && !sentences[number].words.empty();
    const std::uint32_t next_sentence = more ? sentences[number].words.front().span.begin : sentence.span.end + 1;
    if (sentence.starts_paragraph) out += "# newpar\n";
    out += "# sent_id = " + flat(article.id) + "-" + std::to_string(number) + "\n# text = " + flat(article.slice(sentence.span)) + "\n";
    std::size_t token = 0;
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
      const Word& word = sentence.words[i];
      const auto begin_of = [&](std::size_t at) { return at < sentence.words.size() ? sentence.words[at].span.begin : next_sentence; };
      while (token < sentence.tokens.size() && sentence.tokens[token].last <= i) ++token;
      const bool inside = token < sentence.tokens.size() && sentence.tokens[token].first <= i;
      if (inside && sentence.tokens[token].first == i) {
        const auto& t = sentence.tokens[token];
        out += std::to_string(t.first + 1) + "-" + std::to_string(t.last) + "\t" + flat(article.slice(t.span)) + "\t_\t_\t_\t_\t_\t_\t_\t" +
               misc(t.span, begin_of(t.last), "") + "\n";
      }
      std::string extra = misc(word.span, begin_of(i + 1), word.ner);
      if (inside && extra.ends_with("|SpaceAfter=No")) extra.resize(extra.size() - 14);
      out += std::to_string(i + 1) + "\t" + flat(word.form) + "\t" + std::string(or_blank(word.lemma)) + "\t" + std::string(or_blank(word.upos)) +
             "\t" + std::string(or_blank(word.xpos)) + "\t" + std::string(or_blank(word.feats)) + "\t" + std::to_string(word.head + 1) + "\t" +
             std::string(or_blank(word.deprel)) + "\t_\t" + extra + "\n";
    }
    out += "\n";
  }
  return out;
}

namespace {

std::vector<std::string_view> split_tabs(std::string_view line) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t out = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return out;
}

std::string value_of(std::string_view column) { return column == "_" ? std::string() : std::string(column); }

}  // namespace

Result<ConlluDocument> from_conllu(std::string_view bytes, const Metadata& metadata) {
  ConlluDocument out;
  Article& article = out.article;
  article.id = metadata.id.empty() ? metadata.uri : metadata.id;
  article.uri = metadata.uri;
  article.title = metadata.title;
  article.published = metadata.published;
  article.outlet = metadata.outlet;
  article.other = metadata.other;
  article.raw_sha256 = sha256_hex(bytes);

  Sentence sentence;
  bool new_paragraph = true, space_before = false, in_sentence = false;
  std::uint32_t token_end = 0, line_number = 0, newdocs = 0;
  const auto fail = [&](const std::string& message) {
    return Error{ErrorCode::malformed_input, "line " + std::to_string(line_number) + ": " + message, metadata.uri, {}};
  };
  const auto check_heads = [&]() -> bool {  // every word leads to a root
    const auto n = sentence.words.size();
    std::vector<std::uint32_t> seen_from(n, 0);  // the word, counted from 1, whose way up came by first
    for (std::uint32_t i = 0; i < n; ++i) {
      auto up = static_cast<std::int32_t>(i);
      while (up >= 0) {
        const auto at = static_cast<std::size_t>(up);
        if (at >= n || seen_from[at] == i + 1) return false;
        if (seen_from[at] != 0) break;  // a way that is known to end at a root
        seen_from[at] = i + 1;
        up = sentence.words[at].head;
      }
    }
    return true;
  };
  const auto finish = [&]() -> bool {
    if (sentence.words.empty()) return true;
    if (!check_heads()) return false;
    sentence.span = {sentence.words.front().span.begin, sentence.words.back().span.end};
    out.sentences.push_back(std::move(sentence));
    sentence = {};
    in_sentence = false;
    return true;
  };
  std::string_view rest = bytes;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    ++line_number;
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      if (!finish()) return fail("the heads of the sentence that ends here form a cycle or point outside it; expected a tree");
      continue;
    }
    if (line.front() == '#') {
      if (line.starts_with("# newpar") || line.starts_with("# newdoc")) new_paragraph = true;
      // One document in the file: its id is the article's. Of several it would be one of many.
      constexpr std::string_view marker = "# newdoc id = ";
      if (line.starts_with("# newdoc") && metadata.id.empty())
        article.id = ++newdocs == 1 && line.size() > marker.size() && line.starts_with(marker) ? line.substr(marker.size()) : metadata.uri;
      continue;
    }
    const auto columns = split_tabs(line);
    if (columns.size() != 10) return fail(std::to_string(columns.size()) + " columns; expected the 10 of CoNLL-U, separated by tabs");
    if (columns[0].find('.') != std::string_view::npos) continue;  // an empty node
    if (!in_sentence) {
      sentence.starts_paragraph = new_paragraph;
      if (!article.text.empty()) article.text += new_paragraph ? "\n\n" : space_before ? " " : "";
      new_paragraph = false;
      in_sentence = true;
      space_before = false;
      token_end = 0;
    }
    const bool space_after = columns[9].find("SpaceAfter=No") == std::string_view::npos;
    const auto append = [&](std::string_view form) {
      if (space_before) article.text += ' ';
      const auto begin = static_cast<std::uint32_t>(article.text.size());
      article.text += form;
      space_before = space_after;
      return TextSpan{begin, static_cast<std::uint32_t>(article.text.size())};
    };
    if (const auto dash = columns[0].find('-'); dash != std::string_view::npos) {
      const auto first = number(columns[0].substr(0, dash)), last = number(columns[0].substr(dash + 1));
      if (!first || !last || *first != sentence.words.size() + 1 || *last < *first)
        return fail("the range \"" + std::string(columns[0]) + "\" does not follow");
      sentence.tokens.push_back({*first - 1, *last, append(columns[1])});
      token_end = *last;
      continue;
    }
    const auto id = number(columns[0]);
    if (!id || *id != sentence.words.size() + 1)
      return fail("the id is \"" + std::string(columns[0]) + "\"; expected " + std::to_string(sentence.words.size() + 1));
    if (columns[1].empty()) return fail("FORM is empty");
    const auto head = columns[6] == "_" ? std::optional<std::uint32_t>(0) : number(columns[6]);
    if (!head || *head > 100000) return fail("HEAD is \"" + std::string(columns[6]) + "\"; expected a word's number or 0");
    Word word;
    word.form = columns[1];
    word.lemma = value_of(columns[2]);
    word.upos = value_of(columns[3]);
    word.xpos = value_of(columns[4]);
    word.feats = value_of(columns[5]);
    word.head = static_cast<std::int32_t>(*head) - 1;
    word.deprel = value_of(columns[7]);
    if (const auto ner = columns[9].find("NER="); ner != std::string_view::npos)
      word.ner = columns[9].substr(ner + 4, columns[9].find('|', ner) - ner - 4);
    if (*id <= token_end) {
      // Words of a token split its bytes where their forms spell it, and share them where they do not.
      const MultiwordToken& token = sentence.tokens.back();
      const std::uint32_t begin = sentence.words.size() == token.first ? token.span.begin : sentence.words.back().span.end;
      const TextSpan own{begin, static_cast<std::uint32_t>(begin + word.form.size())};
      word.span = own.end <= token.span.end && slice(article.text, own) == word.form ? own : token.span;
    } else {
      word.span = append(columns[1]);
    }
    sentence.words.push_back(std::move(word));
  }
  ++line_number;
  if (!finish()) return fail("the heads of the last sentence form a cycle or point outside it; expected a tree");
  if (out.sentences.empty()) return Error{ErrorCode::malformed_input, "no sentence; expected CoNLL-U", metadata.uri, {}};
  article.text_id = sha256_hex(article.text);
  return out;
}

}  // namespace masudi
