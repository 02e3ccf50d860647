// Writes and reads records of runs; see batch_record.h.
#include "cli/batch_record.h"

#include <nlohmann/json.hpp>

namespace cordon::cli {
namespace {

using Document = nlohmann::ordered_json;

// Another layout of the record has another number.
constexpr int kLayout = 1;

}  // namespace

std::string WriteRecord(const BatchRecord& record) {
  Document document = {
      {"cordon_batch", kLayout}, {"same", Document::object()}, {"today", calendar::Format(record.today)}};
  for (const auto& [name, value] : record.same) document["same"][name] = value;
  document["done"] = {
      {"input_bytes", record.place.bytes}, {"next_line", record.place.number}, {"output_bytes", record.output_bytes}};
  document["counts"] = Document::parse(report::TallyJson(record.tally));
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

std::optional<BatchRecord> ReadRecord(const std::string& text) {
  try {
    const Document document = Document::parse(text);
    if (document.at("cordon_batch").get<int>() != kLayout) return std::nullopt;
    BatchRecord record;
    for (const auto& [name, value] : document.at("same").items()) {
      record.same.emplace_back(name, value.get<std::string>());
    }
    const auto today = calendar::ParseDate(document.at("today").get<std::string>());
    const Document& done = document.at("done");
    record.place = {done.at("input_bytes").get<std::uint64_t>(), done.at("next_line").get<std::uint64_t>()};
    record.output_bytes = done.at("output_bytes").get<std::uint64_t>();
    auto tally = report::ReadTally(document.at("counts").dump());
    if (!tally || !today) return std::nullopt;
    record.today = *today;
    record.tally = *std::move(tally);
    return record;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace cordon::cli
