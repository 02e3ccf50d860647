// Symbols by their bytes; see symbol_table.h.
#include "facts/symbol_table.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "facts/scalar.h"

namespace cordon::facts {

SymbolTable::SymbolTable(const model::Category& category) {
  std::set<std::string> texts;
  for (const model::CategoryNode& node : category.nodes) {
    texts.insert(node.path);
    texts.insert(node.name);
  }
  slots_.resize(std::bit_ceil(4 * texts.size() + 1));
  last_slot_ = slots_.size() - 1;
  for (const std::string& text : texts) {
    const auto read = ReadSymbol(category, text);
    const Cell* cell = std::get_if<Cell>(&read);
    if (cell == nullptr || text.empty()) continue;
    Spelling spelling;
    spelling.text = text;
    const std::string padded = text + std::string(32, '\0');
    for (std::size_t i = 0; i < 4; ++i) {
      if (8 * i >= text.size()) break;
      spelling.masks[i] = FirstBytes(text.size() - 8 * i);
      spelling.words[i] = Load8(padded.data() + 8 * i) & spelling.masks[i];
    }
    const bool is_exact = cell->state != CellState::kSymbols;
    spelling.first_leaf = static_cast<std::uint32_t>(is_exact ? cell->value.number : cell->first_leaf);
    spelling.end_leaf = is_exact ? spelling.first_leaf + 1 : static_cast<std::uint32_t>(cell->end_leaf);
    std::size_t slot = SlotOf(padded.data(), text.size()) & last_slot_;
    while (slots_[slot] != 0) slot = (slot + 1) & last_slot_;
    spellings_.push_back(std::move(spelling));
    slots_[slot] = static_cast<std::uint32_t>(spellings_.size());
  }
}

}  // namespace cordon::facts
