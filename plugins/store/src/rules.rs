//! The store regulation's 41 articles, and the readings that settle what they leave open.

sanbao_kit::rules! {
    provisions {
        STO_02 = "STO-02": "适用范围" / "Scope",
            "本规定适用于企业的所有门店。" / "This regulation applies to all stores of the enterprise.";
        STO_03 = "STO-03": "责任人" / "Responsible roles",
            "营销总监、营运部经理、督导和店长对售后服务负责。" /
            "The marketing director, the operations manager, the supervisor and the store manager are responsible for after-sales service.";
        STO_04 = "STO-04": "免费服务" / "Free service",
            "在免费服务期内，退货、换货和维修均不收费。" /
            "Within the free-service period, return, exchange and repair cost nothing.";
        STO_05 = "STO-05": "收费服务" / "Paid service",
            "超出免费服务范围的售后保养或维修，按规定收取费用。" /
            "After-sales maintenance or repair beyond the free scope is charged as stipulated.";
        STO_06 = "STO-06": "七天无理由退货" / "No-reason return within 7 days",
            "任何商品在不影响再次销售的情况下，自售出之日起七天内可无理由退货。" /
            "Any product that can still be sold again may be returned without a reason within 7 days of the sale.";
        STO_07 = "STO-07": "十五天内退货" / "Refund within 15 days",
            "商品有质量问题的，自购买之日起十五天内可以退货。" /
            "A product with a quality problem is refunded within 15 days of purchase.";
        STO_08 = "STO-08": "三十天内调换" / "Exchange within 30 days",
            "商品有质量问题，购买超过十五天、不足三十天的，可以调换。" /
            "A product with a quality problem is exchanged when more than 15 and less than 30 days have passed since purchase.";
        STO_09 = "STO-09": "三个月内免费维修" / "Free repair within 3 months",
            "商品有质量问题，购买超过三十天、不足三个月的，免费维修。" /
            "A product with a quality problem is repaired free of charge when more than 30 days and less than 3 months have passed since purchase.";
        STO_10 = "STO-10": "三个月后收费维修" / "Charged repair after 3 months",
            "商品有质量问题，购买超过三个月的，可以维修，按维修范围收取费用。" /
            "When more than 3 months have passed since purchase, a product with a quality problem is repaired for a fee according to the repair scope.";
        STO_11 = "STO-11": "已使用的商品不退换" / "Used goods are not returned",
            "无质量问题且有明显使用或加工痕迹的商品，不予退换。" /
            "Goods without a quality problem that show obvious traces of use or processing are neither taken back nor exchanged.";
        STO_12 = "STO-12": "定制商品不退换" / "Custom-made goods are not returned",
            "定制或经特殊加工且无质量问题的商品，不予退换。" /
            "Custom-made or specially processed goods without a quality problem are neither taken back nor exchanged.";
        STO_13 = "STO-13": "包装、配件或保修卡不全不退换" / "Incomplete goods are not returned",
            "原包装损坏或遗失、配件缺失或损坏，或者没有保修卡的商品，不予退换。" /
            "Goods whose original packaging is damaged or lost, whose accessories are missing or damaged, or which lack the warranty card are neither taken back nor exchanged.";
        STO_14 = "STO-14": "顾客造成的损坏不退换" / "Damage by the customer",
            "因顾客自身原因造成损坏的商品，不予退换。" /
            "Goods damaged by the customer are neither taken back nor exchanged.";
        STO_15 = "STO-15": "特价品和赠品不退换" / "Special-price goods and gifts are not returned",
            "特价品和赠品不予退换。" / "Special-price goods and gifts are neither taken back nor exchanged.";
        STO_16 = "STO-16": "一周内修好" / "Repair within 1 week",
            "维修应在一周内完成。" / "A repair is finished within 1 week.";
        STO_17 = "STO-17": "接待与验证" / "Receiving and checking",
            "接待顾客，检查商品，并查验购物小票或发票。" /
            "The store receives the customer and checks the goods and the till receipt or invoice.",
            on [Opened];
        STO_18 = "STO-18": "倾听与判断" / "Hearing and judging",
            "倾听顾客的陈述和要求，判断是否属于质量问题。" /
            "The store listens to the customer's statement and request and judges whether it is a quality problem.",
            on [Opened];
        STO_19 = "STO-19": "核对范围" / "Checking the scope",
            "对照门店政策，判断顾客的要求是否符合规定。" /
            "The store judges against its policy whether the request meets the standard.";
        STO_20 = "STO-20": "协商与请示" / "Agreeing or asking a superior",
            "与顾客商定处理办法；按规定不能达成一致或顾客坚持要求的，立即请示上级。" /
            "The store agrees on the handling with the customer; when the rules allow no agreement or the customer insists, it asks a superior at once.";
        STO_21 = "STO-21": "填单处理" / "Handling and filling in the form",
            "按要求的性质填写相应的单据并办理。" /
            "The store fills in the form that matches the request and its nature, and handles it.",
            on [Agreed];
        STO_22 = "STO-22": "每日汇总" / "Daily summary",
            "当日营业结束后，完成账目和报表。" / "After the close of the day's business, accounts and reports are completed.";
        STO_24 = "STO-24": "顾客资料" / "The customer's data",
            "须登记顾客真实、详细的个人资料，以便企业核实。" /
            "The customer's true and detailed personal data are taken, so that the enterprise can verify the case.",
            on [Opened];
        STO_25 = "STO-25": "明确说明不能受理的理由" / "Clear refusals",
            "对超出范围的要求，须明确说明不能受理的理由，不得含糊其辞。" /
            "A request out of scope is refused clearly and with the reason, never vaguely.",
            on [Judged];
        STO_26 = "STO-26": "延期提前告知" / "Advance notice of delay",
            "维修不能如期完成的，须提前告知顾客。" /
            "When a repair will miss the promised date, the customer is told in advance.";
        STO_27 = "STO-27": "通知取货" / "Notice to collect",
            "商品修好到店后立即通知顾客；未来取的，三天后再次通知。" /
            "When repaired goods are back in the store, the customer is notified at once, and again after 3 days if they are not collected.";
        STO_28 = "STO-28": "三次通知未取" / "Three notices in vain",
            "连续通知三次，顾客无正当理由仍未来取的，立即报告企业，并将商品邮寄给顾客。" /
            "Goods that stay uncollected without good reason after 3 notices running are reported to the enterprise at once and posted to the customer.";
        STO_29 = "STO-29": "无法维修" / "Unrepairable goods",
            "商品无法维修的，须取得顾客谅解，并请示上级如何解决。" /
            "When goods cannot be repaired, the store asks for the customer's understanding and asks a superior how to settle the case.";
        STO_30 = "STO-30": "收费事先告知" / "Charges are disclosed beforehand",
            "收费项目须事先明确告知顾客。" / "Paid items are made known to the customer clearly beforehand.";
        STO_31 = "STO-31": "先服务后收费" / "Service first, payment afterwards",
            "收费项目先完成服务，后收取费用。" / "For paid items the service is completed first and the fee collected afterwards.";
        STO_32 = "STO-32": "了解满意度" / "Asking for satisfaction",
            "服务完成后，了解顾客对处理结果的满意程度。" /
            "After the service, the store finds out how satisfied the customer is with the handling.";
        STO_33 = "STO-33": "缺货登记与调货" / "Out-of-stock registration",
            "为顾客办理缺货登记，随即组织调货并确认到货日期。" /
            "The store offers out-of-stock registration, then organises a transfer at once and confirms the arrival date.";
        STO_34 = "STO-34": "调货前再联系" / "Contact before the transfer",
            "确认有货后，在调货前再次联系顾客，以防顾客改变主意。" /
            "When stock is confirmed, the customer is contacted again before the transfer, in case of a change of mind.",
            on [StockConfirmed];
        STO_35 = "STO-35": "一周内答复" / "Reply within 1 week",
            "无论是否到货，一周内须再次联系顾客予以答复。" /
            "Whether or not the goods arrive, the customer is contacted again with a reply within 1 week.";
        STO_36 = "STO-36": "到货通知" / "Notice of arrival",
            "到货后立即通知顾客取货。" / "When the goods arrive, the customer is notified at once to collect them.";
        STO_38 = "STO-38": "违规处分" / "Discipline",
            "凡违反本规定的，一律给予行政处分。" / "Every violation of this regulation is punished by internal discipline.";
        STO_39 = "STO-39": "解释权" / "Interpretation",
            "本规定由管理中心解释和修订。" / "The management centre interprets and revises this regulation.";
        STO_40 = "STO-40": "未尽事宜" / "Matters not covered",
            "本规定未尽事宜，随时予以修订。" / "Matters that this regulation does not cover are amended at any time.";
        STO_41 = "STO-41": "国家法律优先" / "National law prevails",
            "本规定与国家法律相抵触的，以国家法律为准。" /
            "Where this regulation conflicts with national law, national law prevails.";
    }
    readings {
        STO_R1 = "STO-R1": "不退换情形优先于七天无理由退货" / "Exclusions outrank the no-reason return",
            "第十一至十五条优先于第六条：属于不予退换情形的商品，七天内也不能无理由退货。" /
            "Articles 11 to 15 outrank article 6: goods that they exclude cannot be returned without a reason within the 7 days either.";
        STO_R2 = "STO-R2": "第三十天和满三个月当天" / "Day 30 and the day of 3 months",
            "条文未规定的第三十天按可调换处理，满三个月的当天按免费维修处理。" /
            "No article covers day 30 or the day on which 3 months are full: day 30 still counts for exchange, the day of 3 months for free repair.";
        STO_R3 = "STO-R3": "第十三、十五条不妨碍免费维修" / "Articles 13 and 15 leave free repair",
            "第十三条和第十五条没有限定“无质量问题”，因此有质量问题的商品也不退换；但维修不是退换，三个月内仍免费维修。" /
            "Unlike 11 and 12, articles 13 and 15 do not limit themselves to goods without a quality problem, so they bar refund and exchange even then; but repair is neither, and stays free within 3 months.";
        STO_R4 = "STO-R4": "期限的计算" / "How days are counted",
            "售出当天为第零天；以顾客提出问题的日期为准，而不是处理的日期。" /
            "The day of the sale is day 0, and the day on which the customer reported the problem counts, not the day on which it is judged.";
        STO_R5 = "STO-R5": "原因未明视为质量问题" / "An unknown cause counts as a quality problem",
            "尚未查明原因的，先按质量问题处理，待检查后确认。" /
            "As long as the cause has not been found, a reported problem is treated as a quality problem, subject to inspection.";
        STO_R6 = "STO-R6": "未说明的事实视为正常" / "What is not stated counts as in order",
            "没有说明的情况（包装、配件、保修卡、使用痕迹、特价等）视为正常，在柜台核对。" /
            "Whatever is not stated (packaging, accessories, warranty card, traces of use, special price) counts as in order and is checked at the counter.";
        STO_R7 = "STO-R7": "可以选择较轻的办法" / "Who may have more may take less",
            "可以退货的顾客也可以选择调换或免费维修；可以调换的也可以选择免费维修。" /
            "A customer who may have a refund may choose an exchange or free repair instead, and one who may have an exchange may choose free repair.";
        STO_R8 = "STO-R8": "交付有误视同质量问题" / "A faulty delivery counts as a quality problem",
            "发错货、与约定不符、数量不足或运输中损坏的，对顾客按质量问题处理。" /
            "Towards the customer, goods that were wrong, not as agreed, incomplete or damaged in transit are treated like goods with a quality problem.";
        STO_R9 = "STO-R9": "调换后重新计算" / "An exchange starts the count anew",
            "商品调换后，期限自调换之日起重新计算。" /
            "After an exchange the count starts anew on the day of the exchange.";
        STO_R10 = "STO-R10": "由哪一级上级决定" / "Which superior decides",
            "规定允许而双方有争议的，由店长决定；超出规定的，店长之后还须督导同意。" /
            "What the rules allow but the parties dispute is settled by the store manager; what goes beyond the rules needs the supervisor as well.";
        STO_R11 = "STO-R11": "第三次通知" / "The third notice",
            "第三次取货通知在第二次之后三天发出。" / "The third notice to collect follows 3 days after the second.";
        STO_R12 = "STO-R12": "维修期限的起点" / "When the repair week starts",
            "一周的维修期限自与顾客商定维修之日起计算，收费维修同样适用。" /
            "The week for a repair starts on the day on which the repair was agreed with the customer, and holds for charged repairs too.";
        STO_R13 = "STO-R13": "没有标价的项目" / "Items without a list price",
            "收费标准中没有价格的项目，须先定价并告知顾客；未列入报价的不收费。" /
            "An item that the price list lacks is priced and disclosed before the work; what is not on the quote is not charged.";
        STO_R14 = "STO-R14": "哪些属于违规" / "What counts as a violation",
            "提前签字、伪造签字和索取好处同样违反本规定，按第三十八条处分。" /
            "An early or a forged signature and the soliciting of favours violate this regulation too, and article 38 applies.";
        STO_R15 = "STO-R15": "何时了解满意度" / "When satisfaction is asked for",
            "服务完成（咨询、投诉和缺货登记为结案）后一周内，与第三十五条的答复期限相同。" /
            "Within 1 week after the service, as for the reply of article 35; for questions, complaints and missing stock, after the case is closed.";
    }
    conduct {
        STO_01 = "STO-01": "目的" / "Purpose",
            "本规定旨在提高门店质量，加强售后服务工作。" /
            "This regulation is to raise the quality of the stores and to strengthen after-sales work.";
        STO_23 = "STO-23": "顾客至上" / "Customer first",
            "自始至终保持顾客至上的态度。" / "The customer comes first throughout.",
            on [Opened];
        STO_37 = "STO-37": "遵守规定" / "Compliance",
            "门店全体人员须严格遵守本规定。" / "All store staff follow this regulation strictly.",
            on [Opened];
    }
}
