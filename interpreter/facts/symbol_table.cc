// Symbols by their bytes; see symbol_table.h.
#include "facts/symbol_table.h"

#include <set>
#include <variant>

#include "facts/line_bytes.h"
#include "facts/scalar.h"

namespace cordon::facts {
SymbolTable::SymbolTable(const model::Category& category) {
  std::set<std::string> texts;
  for (const model::CategoryNode& node : category.nodes) {
    texts.insert(node.path);
    texts.insert(node.name);
  }
  slots_.resize(std::bit_ceil(2 * texts.size() + 1));
  last_slot_ = slots_.size() - 1;
  for (const std::string& text : texts) Add(text, category);
}

void SymbolTable::Add(const std::string& text, const model::Category& category) {
  const auto read = ReadSymbol(category, text);
  const Cell* cell = std::get_if<Cell>(&read);
  if (cell == nullptr || text.empty()) return;
  const std::string padded = text + std::string(8, '\0');
  const std::size_t size = text.size();
  Spelling made{Load8(padded.data()) & FirstBytes(size), Load8(padded.data() + (size > 8 ? size - 8 : 0)),
                static_cast<std::uint32_t>(size)};
  made.tail &= FirstBytes(size);
  made.text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(text);
  if (cell->state == CellState::kSymbols) {
    made.first_leaf = static_cast<std::uint32_t>(cell->first_leaf);
    made.end_leaf = static_cast<std::uint32_t>(cell->end_leaf);
  } else {
    made.first_leaf = static_cast<std::uint32_t>(cell->value.number);
    made.end_leaf = made.first_leaf + 1;
  }
  std::size_t slot = SlotOf(made.head, made.tail, size) & last_slot_;
  while (slots_[slot].size != 0) slot = (slot + 1) & last_slot_;
  slots_[slot] = made;
}

}  // namespace cordon::facts
