// The program of the transcript tests: registers one test a transcript, a document and a code, and runs them.
#include <gtest/gtest.h>

#include "transcript.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  cordon::tests::RegisterGoldenTests();
  cordon::tests::RegisterDocumentTests();
  cordon::tests::RegisterCodeTests();
  cordon::tests::RegisterGuidelineTests();
  return RUN_ALL_TESTS();
}
