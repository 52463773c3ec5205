// Places: what is one, which one, and what is none. Words come from a plain tokeniser here: the matching must hold up without a parse.
#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <vector>

#include "../../src/resolve/place_index.h"
#include "../../src/resolve/resolve_impl.h"

namespace masudi {
namespace {

struct Data {
  Lexicon lexicon, gazetteer;
  std::unique_ptr<PlaceRules> rules;
};

const Data& data() {
  static const Data loaded = [] {
    auto lexicon = Lexicon::open(MASUDI_DATA "/lexicon.pack");
    auto gazetteer = Lexicon::open(MASUDI_DATA "/gazetteer.pack");
    EXPECT_TRUE(lexicon) << to_string(lexicon.error());
    EXPECT_TRUE(gazetteer) << to_string(gazetteer.error());
    auto rules = PlaceRules::build(*lexicon, *gazetteer);
    EXPECT_TRUE(rules) << to_string(rules.error());
    return Data{*std::move(lexicon), *std::move(gazetteer), *std::move(rules)};
  }();
  return loaded;
}

// Words at blanks and around punctuation; a full stop stays with an abbreviation of single letters. One sentence a line.
std::vector<Sentence> sentences_of(const std::string& text) {
  std::vector<Sentence> out(1);
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '\'';
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\n') out.emplace_back();
    if (text[i] == ' ' || text[i] == '\n') {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (is_word(text[i]) && end < text.size() &&
           (is_word(text[end]) ||
            (text[end] == '.' && std::isupper(static_cast<unsigned char>(text[end - 1])) != 0 && (end == i + 1 || text[end - 2] == '.'))))
      ++end;
    Word word;
    word.span = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)};
    word.form = text.substr(i, end - i);
    out.back().words.push_back(word);
    i = end;
  }
  for (Sentence& sentence : out)
    if (!sentence.words.empty()) sentence.span = {sentence.words.front().span.begin, sentence.words.back().span.end};
  return out;
}

Resolution resolved(const std::string& text, const std::vector<Sentence>& sentences) {
  Article article;
  article.text = text;
  Resolution out;
  resolve_places(article, trees_of(sentences), {}, *data().rules, out);
  return out;
}
Resolution resolved(const std::string& text) { return resolved(text, sentences_of(text)); }

// "US=USA; White House=USA": the places of a text, with their countries ("-" for none).
std::string places(const std::string& text) {
  std::string out;
  for (const Place& place : resolved(text).places)
    out += (out.empty() ? "" : "; ") + std::string(slice(text, place.span)) + "=" + place.country.value_or("-");
  return out;
}

// The row that names the place, without the one that gave its role.
std::string first_rule(const Place& place) { return place.provenance.rule.substr(0, place.provenance.rule.find(' ')); }

// "Tripoli=LBN exact": the places that the given words become.
std::string given(const std::string& text, const std::vector<std::string>& names) {
  Article article;
  article.text = text;
  article.toponyms.emplace();
  for (const std::string& name : names) {
    const auto at = static_cast<std::uint32_t>(text.find(name));
    article.toponyms->push_back({at, at + static_cast<std::uint32_t>(name.size())});
  }
  Resolution out;
  const auto sentences = sentences_of(text);
  resolve_places(article, trees_of(sentences), {}, *data().rules, out);
  std::string told;
  for (const Place& place : out.places)
    told += (told.empty() ? "" : "; ") + std::string(slice(text, place.span)) + "=" + place.country.value_or("-") + " " + place.precision;
  return told;
}

TEST(ResolvePlaces, GivenSpansBecomePlacesAndNoOthersDo) {
  EXPECT_EQ(given("Talks in Tripoli, Lebanon, failed.", {"Tripoli"}), "Tripoli=LBN exact");
  EXPECT_EQ(given("Talks in Tripoli, Libya, failed.", {"Tripoli"}), "Tripoli=LBY exact");
  EXPECT_EQ(given("She met the Syrian envoy in Geneva.", {"Syrian"}), "Syrian=SYR none");
  EXPECT_EQ(given("Students of the University of Dortmund marched.", {"University of Dortmund"}), "University of Dortmund=DEU near");
  EXPECT_EQ(given("They met at Blue Tower in Dortmund.", {"Blue Tower"}), "Blue Tower=DEU near");
  EXPECT_EQ(given("Nothing is known of Qxyzzy.", {"Qxyzzy"}), "Qxyzzy=- none");
  EXPECT_EQ(given("Paris and Rome.", {}), "");
}

TEST(ResolvePlaces, TheClauseTellsActorsFromTerritories) {
  const auto roles = [](std::vector<Word> words) {
    std::string text;
    Sentence sentence;
    for (Word& word : words) {
      word.span = {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size() + word.form.size())};
      text += word.form + " ";
      sentence.words.push_back(word);
    }
    sentence.span = {0, static_cast<std::uint32_t>(text.size())};
    std::string out;
    for (const Place& place : resolved(text, {sentence}).places) out += (out.empty() ? "" : " ") + place.role;
    return out;
  };
  const auto word = [](const char* form, const char* upos, int head, const char* relation, const char* lemma = "") {
    Word out;
    out.form = form;
    out.lemma = *lemma != 0 ? lemma : form;
    out.upos = upos;
    out.head = head;
    out.deprel = relation;
    return out;
  };
  EXPECT_EQ(roles({word("Moscow", "PROPN", 1, "nsubj"), word("accused", "VERB", -1, "root", "accuse"), word("Kyiv", "PROPN", 1, "obj")}),
            "actor actor");
  EXPECT_EQ(roles({word("He", "PRON", 1, "nsubj"), word("arrived", "VERB", -1, "root", "arrive"), word("in", "ADP", 3, "case"),
                   word("Moscow", "PROPN", 1, "obl")}),
            "place");
  EXPECT_EQ(roles({word("Talks", "NOUN", -1, "root", "talk"), word("with", "ADP", 2, "case"), word("Moscow", "PROPN", 0, "nmod"),
                   word("and", "CCONJ", 4, "cc"), word("Kyiv", "PROPN", 2, "conj")}),
            "actor actor");
}

TEST(ResolvePlaces, PoliticalEntitiesAndCompoundsArePlacesDemonymsAreNot) {
  EXPECT_EQ(places("The US military said that Iraqi troops had left Baghdad."), "US=USA; Baghdad=IRQ");
  EXPECT_EQ(places("U.S.-led forces and pro-Beijing parties met in Hong Kong."), "U.S.=USA; Beijing=CHN; Hong Kong=HKG");
  EXPECT_EQ(places("They told us that the Frenchman and two Germans were Turkish citizens."), "");
  EXPECT_EQ(places("Iraq's government and Syria\xE2\x80\x99s army agreed."), "Iraq=IRQ; Syria=SYR");
}

TEST(ResolvePlaces, GovernmentSeatsAreFacilities) {
  const std::string text = "The White House and the Kremlin declined to comment.";
  const Resolution out = resolved(text);
  ASSERT_EQ(out.places.size(), 2U);
  EXPECT_EQ(out.places[0].kind, "facility");
  EXPECT_EQ(out.places[0].country, "USA");
  EXPECT_EQ(out.places[1].country, "RUS");
  EXPECT_NEAR(out.places[1].lat.value_or(0), 55.75, 0.1);
}

TEST(ResolvePlaces, NamesThatHoldATopnymAreNotPlaces) {
  EXPECT_EQ(places("He told Russia Today and the Washington Post that the Bank of England was wrong."), "");
  EXPECT_EQ(places("The United Nations and the Arab League condemned it."), "");
  EXPECT_EQ(places("Paris Hilton and Denzel Washington were there."), "");
  EXPECT_EQ(places("It was Nice to see Reading teachers on Sunday in March."), "");
}

TEST(ResolvePlaces, TheNameAfterAPlaceTellsWhichOneItIs) {
  const auto first = [](const std::string& text) {
    const Resolution out = resolved(text);
    return out.places.empty() ? std::string("none") : out.places[0].country.value_or("-") + " " + first_rule(out.places[0]);
  };
  EXPECT_EQ(first("Two men were arrested in Paris, Texas, on Monday."), "USA gn.4717560");
  EXPECT_EQ(first("Two men were arrested in Paris on Monday."), "FRA gn.2988507");
  EXPECT_EQ(first("Militias fought in Tripoli, Lebanon, on Monday."), "LBN gn.266826");
  EXPECT_EQ(first("Libyan militias fought in Tripoli on Monday."), "LBY gn.2210247");
}

TEST(ResolvePlaces, OneNameIsOnePlaceThroughoutAnArticle) {
  const Resolution out = resolved("Shells fell on Tripoli, Lebanon, on Monday.\nThe mayor of Tripoli said nobody was hurt.");
  ASSERT_EQ(out.places.size(), 3U);
  EXPECT_EQ(out.places[2].country, "LBN");
  ASSERT_FALSE(out.place_candidates[2].empty());
  EXPECT_NE(out.place_candidates[2][0].what.find("LBY"), std::string::npos);
  EXPECT_EQ(out.places.size(), out.place_candidates.size());
}

TEST(ResolvePlaces, PartsOfCountriesAreRegions) {
  const std::string text = "They fled to northwestern Syria from South Sudan.";
  const Resolution out = resolved(text);
  ASSERT_EQ(out.places.size(), 2U);
  EXPECT_EQ(out.places[0].name, "Northwestern Syria");
  EXPECT_EQ(out.places[0].kind, "region");
  EXPECT_FALSE(out.places[0].lat);
  EXPECT_EQ(out.places[1].country, "SSD");
  EXPECT_EQ(out.places[1].kind, "country");
}

TEST(ResolvePlaces, BordersAreNamedInAlphabeticalOrder) {
  const std::string text = "Strikes hit the Syrian-Iraqi border.";
  const Resolution out = resolved(text);
  ASSERT_EQ(out.places.size(), 1U);
  EXPECT_EQ(out.places[0].name, "Iraq\xE2\x80\x93Syria border");
  EXPECT_EQ(out.places[0].kind, "border");
  EXPECT_EQ(slice(text, out.places[0].span), "Syrian-Iraqi border");
  EXPECT_EQ(resolved("Syria sent troops to the Iraqi border.").places.at(1).name, "Iraq\xE2\x80\x93Syria border");
}

TEST(ResolvePlaces, ShortNamesNeedTheirStory) {
  EXPECT_EQ(places("South Korea said that the North had fired."), "South Korea=KOR; North=PRK");
  EXPECT_EQ(places("The farmers of the North had no rain."), "");
}

TEST(ResolvePlaces, EntityTagsDecideWhereTheWordAloneDoesNot) {
  const std::string text = "Jordan met Lincoln in Kent.";
  auto sentences = sentences_of(text);
  sentences[0].words[0].ner = "B-PER";
  sentences[0].words[2].ner = "B-PER";
  sentences[0].words[4].ner = "B-GPE";
  const Resolution out = resolved(text, sentences);
  ASSERT_EQ(out.places.size(), 1U);
  EXPECT_EQ(slice(text, out.places[0].span), "Kent");
}

TEST(ResolvePlaces, HostileWordsDoNoHarm) {
  const std::string text = "Paris";
  std::vector<Sentence> sentences(3);
  for (const TextSpan span : {TextSpan{0, 5}, TextSpan{3, 2}, TextSpan{0, 900}, TextSpan{4, 5}, TextSpan{5, 5}}) {
    Word word;
    word.span = span;
    word.ner = "I-";
    sentences[1].words.push_back(word);
    word.ner = "I-GPE";
    sentences[2].words.push_back(word);
  }
  for (const Place& place : resolved(text, sentences).places) EXPECT_LE(place.span.end, text.size());
  EXPECT_TRUE(resolved("", {}).places.empty());
}

TEST(PlaceIndex, EveryRowIsFoundByItsName) {
  const auto index = PlaceIndex::build(data().gazetteer);
  ASSERT_TRUE(index);
  for (const char* name : {"countries", "regions", "facilities", "admin1", "cities"}) {
    const LexiconTable* table = data().gazetteer.table(name);
    ASSERT_NE(table, nullptr) << name;
    ASSERT_GT(table->size(), 100U);
    for (std::uint32_t i = 0; i < table->size(); i += 97) {
      std::vector<SiteRef> hits;
      index->find(fold(table->row(i)["name"]), "", hits);
      bool found = false;
      for (const SiteRef hit : hits) found = found || index->site(hit).id == table->row(i).id();
      EXPECT_TRUE(found) << name << " " << table->row(i).id();
    }
  }
  ASSERT_TRUE(index->capital("IRQ"));
  EXPECT_EQ(index->site(*index->capital("IRQ")).name, "Baghdad");
  EXPECT_FALSE(index->country("XXX"));
  std::vector<SiteRef> hits;
  index->find("us", "us", hits);
  for (const SiteRef hit : hits) EXPECT_NE(hit.table, SiteTable::countries);
}

TEST(PlaceIndex, ATableWithoutItsColumnsIsRefused) {
  const auto pack = Lexicon::compile({{"gazetteer/cities.tsv", "id\tcalled\ngn.1\tX\n"}});
  ASSERT_TRUE(pack);
  const auto gazetteer = Lexicon::from_bytes(*pack);
  ASSERT_TRUE(gazetteer);
  const auto index = PlaceIndex::build(*gazetteer);
  ASSERT_FALSE(index);
  EXPECT_EQ(index.error().code, ErrorCode::malformed_input);
}

}  // namespace
}  // namespace masudi
