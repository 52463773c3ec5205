// When a promise bound to a time is due.
#include "masudi/resolve.h"

namespace masudi {

std::optional<Deadline> deadline_for(const Article& article, const Analysis& analysis, std::uint32_t sentence, std::uint32_t timex) {
  const Resolution& resolution = analysis.resolution;
  if (timex >= resolution.timexes.size() || timex >= resolution.intervals.size()) return std::nullopt;
  const Timex& words = resolution.timexes[timex];
  const TimeInterval& interval = resolution.intervals[timex];
  if (interval.sentence != sentence || !interval.range || words.type == "SET") return std::nullopt;
  const std::string& relation = interval.relation;
  if (relation == "since" || relation == "after" || relation == "from") return std::nullopt;

  Deadline out;
  out.timex = timex;
  out.range = *interval.range;
  const auto named = [&](const char* rule) {
    return interval.relation_rule.empty() ? std::string(rule) : std::string(rule) + " " + interval.relation_rule;
  };
  if (article.published && out.range.end < *article.published) return std::nullopt;  // over before it was promised
  const Day start = article.published.value_or(out.range.begin);

  // "early 2019" is its first third, "mid-March" its second; "the end" reaches to the last day.
  const auto days = (out.range.end - out.range.begin).count() + 1;
  Day last = out.range.end;
  if (words.mod && days >= 3 && *words.mod == "START") last = out.range.begin + std::chrono::days{days / 3 - 1};
  if (words.mod && days >= 3 && *words.mod == "MID") last = out.range.begin + std::chrono::days{days * 2 / 3 - 1};

  if (words.type == "DURATION") {
    if (out.range.end <= start && out.range.begin < start) return std::nullopt;  // "in the past few days"
    out.rule = named("deadline.within");
    return out;
  }
  if (relation == "before") {
    const bool end = words.mod && *words.mod == "END";
    last = end ? out.range.end : out.range.begin - std::chrono::days{1};
    if (last < start) return std::nullopt;
    out.range = {start, last};
    out.rule = named("deadline.before");
    return out;
  }
  if (relation == "by" || relation == "until" || relation == "within" || relation == "to") {
    out.range = {start, last < start ? out.range.end : last};
    out.rule = named("deadline.by");
    return out;
  }
  if (days > 1 && out.range.begin < start) out.range.begin = start;
  if (last >= out.range.begin) out.range.end = last;
  out.rule = named("deadline.on");
  return out;
}

}  // namespace masudi
