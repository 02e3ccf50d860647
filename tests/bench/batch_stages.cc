// Runs the stages of a batch; see batch_stages.h.
#include "batch_stages.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "timing.h"

namespace cordon::bench {

Text::Text(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  size_ = static_cast<std::size_t>(file.tellg());
  bytes_.resize(size_ + facts::kReadingPadding);
  file.seekg(0);
  file.read(bytes_.data(), static_cast<std::streamsize>(size_));
  if (file) return;
  std::cerr << "cannot read " << path << '\n';
  std::exit(64);
}

Stages::Stages(const model::Policy& policy, model::ProtocolId protocol, evaluate::Detail detail)
    : policy_(policy), batch_(policy, protocol, detail), reader_(policy, overrides_) {}

facts::Block Stages::MakeBlock() const {
  return {facts::Columns(policy_, batch_.wanted(), batch_.constants()), {}, {}};
}

StageTimes Stages::Run(std::string_view text) {
  StageTimes times;
  facts::Block block = MakeBlock();
  std::vector<std::uint32_t> conclusions;
  double num_subjects = 0;
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size(); number = reader_.next_number()) {
    times.reading += NanosecondsOf([&] { at += reader_.Read(text.substr(at), number, at, block); });
    times.evaluating += NanosecondsOf([&] { batch_.Evaluate(block.columns, conclusions); });
    num_subjects += static_cast<double>(block.columns.num_rows());
  }
  return {times.reading / num_subjects, times.evaluating / num_subjects};
}

double Stages::EvaluateLoaded(std::string_view text) {
  std::vector<facts::Block> blocks;
  std::vector<std::uint32_t> conclusions;
  double num_subjects = 0;
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size(); number = reader_.next_number()) {
    blocks.push_back(MakeBlock());
    at += reader_.Read(text.substr(at), number, at, blocks.back());
    num_subjects += static_cast<double>(blocks.back().columns.num_rows());
  }
  const auto evaluate_all = [&] {
    for (const facts::Block& block : blocks) batch_.Evaluate(block.columns, conclusions);
  };
  evaluate_all();
  return NanosecondsOf(evaluate_all) / num_subjects;
}

std::string Stages::Lines(std::string_view text) {
  std::string lines;
  facts::Block block = MakeBlock();
  std::vector<std::uint32_t> conclusions;
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size(); number = reader_.next_number()) {
    at += reader_.Read(text.substr(at), number, at, block);
    batch_.Evaluate(block.columns, conclusions);
    if (!block.refused.empty())
      std::cerr << block.refused.size() << " refused: " << block.refused[0].diagnostics[0].message << "\n";
    for (std::size_t row = 0; row < block.columns.num_rows(); ++row) {
      lines += "{\"subject\":\"" + block.columns.ids[row] + "\"";
      for (const auto& o : batch_.conclusion(conclusions[row]).outputs) {
        lines += ",\"" + policy_.outputs[o.output.index].name + "\":";
        if (!o.answer)
          lines += "undetermined";
        else if (auto* v = std::get_if<evaluate::ValueAnswer>(&*o.answer))
          lines += v->value.number != 0 ? "true" : "false";
        else if (auto* j = std::get_if<evaluate::JudgementAnswer>(&*o.answer))
          lines += j->at_least ? "\"judgement>=\"" : "\"judgement\"";
      }
      lines += "}\n";
    }
  }
  return lines;
}

}  // namespace cordon::bench
