"""Risk state by product (风险状态): one provider a kind of credit stream."""
