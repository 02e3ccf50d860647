// Tables of expectations: CSV files that a reader who is no programmer can check.
//
// ReadTable reads one of tests/tables/: a heading line, then rows of cells split at commas, without quoting.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace cordon::tests {

// The rows of tests/tables/`name` below the heading, each with `num_columns` cells. A row with another number fails.
inline std::vector<std::vector<std::string>> ReadTable(const std::string& name, std::size_t num_columns) {
  std::ifstream file(std::string(CORDON_SOURCE_DIR) + "/tests/tables/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    EXPECT_EQ(cells.size(), num_columns) << name << ": " << line;
    if (cells.size() == num_columns) rows.push_back(cells);
  }
  EXPECT_FALSE(rows.empty()) << name;
  return rows;
}

}  // namespace cordon::tests
