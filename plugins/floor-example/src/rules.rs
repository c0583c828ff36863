//! The made-up law, seven sections, and how the example reads what they leave open. No text of a real statute is
//! quoted here.

sanbao_kit::rules! {
    provisions {
        FLOOR_1 = "FLOOR-1": "七天内退货（示例）" / "Refund within 7 days (example)",
            "商品有质量问题的，消费者自购买之日起七天内可以选择退货、换货或修理。" /
            "When goods have a quality problem, the consumer may choose refund, exchange or repair within 7 days of purchase.";
        FLOOR_2 = "FLOOR-2": "十五天内换货（示例）" / "Exchange within 15 days (example)",
            "商品有质量问题的，消费者自购买之日起十五天内可以选择换货或修理。" /
            "When goods have a quality problem, the consumer may choose exchange or repair within 15 days of purchase.";
        FLOOR_3 = "FLOOR-3": "一年内免费修理（示例）" / "Free repair within 1 year (example)",
            "商品有质量问题的，自购买之日起一年内免费修理。" /
            "Goods with a quality problem are repaired free of charge within 1 year of purchase.";
        FLOOR_4 = "FLOOR-4": "两次未修好可换货（示例）" / "Exchange after two repairs (example)",
            "一年内同一故障经两次修理仍未修好的，消费者可以选择换货。" /
            "When the same fault returns after two repairs within the year, the consumer may choose exchange.";
        FLOOR_5 = "FLOOR-5": "修理时间不计入期限（示例）" / "Time under repair does not count (example)",
            "一年的期限按商品修理占用的天数顺延。" /
            "The year is extended by the days for which the goods were under repair.";
        FLOOR_6 = "FLOOR-6": "仅适用于消费者（示例）" / "Consumers only (example)",
            "本法仅保护为生活消费而购买商品的消费者。" /
            "This law protects only consumers, who buy for their own use.";
        FLOOR_7 = "FLOOR-7": "不属于质量问题（示例）" / "What is no quality problem (example)",
            "因使用不当、人为损坏、擅自拆修、环境因素、不可抗力或正常磨损造成的问题，不属于质量问题。" /
            "Misuse, damage by the customer, unauthorised dismantling, surroundings, force majeure and ordinary wear are no quality problems.";
    }
    readings {
        FLOOR_R1 = "FLOOR-R1": "期限的计算（示例）" / "How time limits are counted (example)",
            "购买当天为第零天，期限的最后一天仍算在内；以消费者提出问题的日期为准。" /
            "The day of purchase is day 0, the last day still counts, and so does the day on which the consumer reported the problem.";
        FLOOR_R2 = "FLOOR-R2": "原因不明视为质量问题（示例）" / "An unknown cause counts as quality (example)",
            "尚未查明原因的，先按质量问题处理，待检验确认。" /
            "As long as the cause has not been found, a problem counts as a quality problem, subject to inspection.";
        FLOOR_R3 = "FLOOR-R3": "交付不符视同质量问题（示例）" / "A faulty delivery counts as quality (example)",
            "发错、短少、与约定不符或运输中损坏的商品，按质量问题处理。" /
            "Goods that were wrong, incomplete, not as agreed or damaged in transit are treated like goods with a quality problem.";
        FLOOR_R4 = "FLOOR-R4": "换货后重新计算（示例）" / "An exchange starts the terms anew (example)",
            "换货后，各期限自换货之日起重新计算。" / "After an exchange every term starts anew on the day of the exchange.";
    }
}
