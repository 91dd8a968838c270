"""What JCSOS judges by, without any framework: what its window may say, how a sample is drawn, audit criteria."""
