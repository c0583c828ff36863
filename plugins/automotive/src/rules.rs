//! Automotive electronics (AUT), with what two general texts on service add (ENC, ENT), and the readings that
//! settle what they leave open.

sanbao_kit::rules! {
    provisions {
        AUT_01 = "AUT-01": "安装调试" / "Install and adjust",
            "为消费者安装、调试产品。" / "The product is installed and adjusted for the consumer.";
        AUT_02 = "AUT-02": "使用指导" / "Guidance in use",
            "应消费者要求，提供使用方面的技术指导。" / "Technical guidance in use is given on request.";
        AUT_03 = "AUT-03": "保证配件供应" / "Supply of parts",
            "保证维修配件的供应。" / "The supply of repair parts is guaranteed.";
        AUT_04 = "AUT-04": "维修与保养" / "Repair and maintenance",
            "负责维修服务，并提供定期维护、保养。" / "Repair is provided, and regular servicing and maintenance.";
        AUT_05 = "AUT-05": "定期回访" / "Regular follow-up",
            "定期电话回访或上门回访。" / "Customers are regularly called or visited.";
        AUT_06 = "AUT-06": "三包" / "The three guarantees",
            "实行三包，即包修、包换、包退。" / "Three guarantees: repair, replace, refund.";
        AUT_07 = "AUT-07": "来信来访与意见" / "Letters, visits, opinions",
            "处理来信、来访和电话投诉，解答咨询，用各种方式收集对质量的意见并改进。" /
            "Letters, visits and phone complaints are handled, enquiries answered, opinions on quality collected by all means and acted on.";
        AUT_10 = "AUT-10": "产品质量原因" / "Product quality is the cause",
            "确属产品质量问题的，首先道歉，并承诺在约定期限内解决。" /
            "Where product quality is the cause, apologise first and commit to fix it within an agreed period.";
        AUT_11 = "AUT-11": "人为原因" / "A human cause",
            "属人为原因的，感谢顾客，说明原因和不在保修范围，并提供其他解决办法。" /
            "Where the cause is human, thank the customer, explain the cause and that it is outside warranty, and offer other solutions.";
        AUT_12 = "AUT-12": "请顾客提出办法" / "Let the customer suggest",
            "无法解决的，请顾客提出解决办法。" / "What cannot be solved: let the customer suggest the solution.";
        ENC_01 = "ENC-01": "服务内容" / "What service includes",
            "生产者和经销者都向消费者提供介绍、送货、安装、调试、维修、技术培训和上门服务。" /
            "Makers and distributors give consumers introduction, delivery, installation, debugging, repair, technical training and on-site service.";
        ENC_02 = "ENC-02": "六项服务" / "Six services",
            "安装调试、技术指导、配件供应、维修、三包、来信来访及质量意见。" /
            "Install and debug; technical guidance; spare parts; repair; three guarantees; letters, visits and quality opinions.";
        ENC_06 = "ENC-06": "感谢信" / "Thank-you letter",
            "受欢迎的拜访之后，或欠顾客人情时，立即寄出感谢信。" /
            "A thank-you letter goes out immediately after a well-received visit, and when one owes the customer a favour.";
        ENT_02 = "ENT-02": "专人执行和监督" / "Executors and supervisors",
            "制度完备，有专门的执行和监督人员、有效的流程和专门的培训。" /
            "Complete rules, dedicated executors and supervisors, effective processes, dedicated training.";
        ENT_05 = "ENT-05": "识别并联系厂家" / "Identify, and bind the maker",
            "有效识别需维修的商品，联系并约束生产厂家，方便维修。" /
            "Identify effectively the goods needing repair; contact and bind the manufacturer; make repair easy.";
        ENT_06 = "ENT-06": "先行赔付" / "Advance compensation",
            "建立先行赔付制度：先赔付顾客，再向责任方追偿，及时退换。" /
            "The customer is compensated first and the cost recovered later, so that returns and exchanges are timely.";
        ENT_07 = "ENT-07": "防伪查询" / "Anti-counterfeit",
            "建立可供顾客查询的防伪制度。" / "A workable anti-counterfeit regime that customers can query.";
    }
    readings {
        AUT_R1 = "AUT-R1": "三包期限" / "Terms of the guarantees",
            "原文没有期限：包退、包换的天数和包修的月数在启用时设定；售出之日为第零天，以报告日期为准。" /
            "The text gives no terms: days for refund and exchange and months for repair are set at activation; the day of sale is day 0, and the day of the report counts.";
        AUT_R2 = "AUT-R2": "原因未明" / "Cause not found yet",
            "原因查明之前按质量问题处理，以检测为准。" /
            "Until the cause is found a fault counts as product quality, subject to inspection.";
        AUT_R3 = "AUT-R3": "交付问题" / "Problems of delivery",
            "运输损坏、错发、短少、与订单不符不是顾客的过错，比照质量问题处理。" /
            "Transit damage, wrong or missing goods and goods not as ordered are not the customer's fault, and count as quality.";
        AUT_R4 = "AUT-R4": "既非质量也非人为" / "Neither quality nor human",
            "环境、不可抗力和自然磨损既非质量问题也非人为原因：收费维修。" /
            "Surroundings, force majeure and wear are neither product quality nor a human cause: repair is charged.";
        AUT_R5 = "AUT-R5": "权利重者可选轻者" / "Who may have more may take less",
            "可以退货的也可以换货或维修，可以换货的也可以维修。" /
            "Whoever may have a refund may also take exchange or repair; whoever may have an exchange, repair.";
        AUT_R6 = "AUT-R6": "换货重新起算" / "An exchange starts anew",
            "换货后期限自换货之日重新计算。" / "After an exchange the terms are counted from its day.";
        AUT_R7 = "AUT-R7": "旧件" / "Old parts",
            "原文没有提到旧件：不要求交回。" / "The text does not speak of old parts: none need come back.";
        AUT_R8 = "AUT-R8": "收费的前提" / "Before a charge",
            "另行提供的办法须先报价，顾客同意后进行，完成后收费。" /
            "Another solution is quoted first, done if the customer agrees, and charged afterwards.";
        AUT_R9 = "AUT-R9": "谁先行赔付" / "Who compensates in advance",
            "不是生产者的一方先赔付顾客，再向生产者追偿；生产者自行承担。" /
            "Whoever is not the maker compensates first and recovers from the maker; the maker bears it itself.";
        AUT_R10 = "AUT-R10": "定期回访的起止" / "From when to when",
            "自工单关闭起定期回访，到顾客再次报修或投诉为止，处理完毕后重新开始。" /
            "Regular follow-up runs from the closing of a case until the customer's next report or complaint, then anew.";
    }
    conduct {
        AUT_08 = "AUT-08": "不争辩" / "Never argue",
            "无论电话、信件还是来访，不与顾客争辩；先倾听、理清问题再开口。" /
            "Whatever the channel, never argue: listen, sort out the problem, then speak.", on [ComplaintReceived];
        AUT_09 = "AUT-09": "承认错误" / "Admit mistakes",
            "有错就承认，不过多解释。" / "Admit mistakes; do not over-explain.", on [ComplaintReceived];
        AUT_15 = "AUT-15": "耐心倾听" / "Listen patiently",
            "耐心倾听，听出真正的意思，树立形象，提高满意度。" /
            "Listen patiently, hear the real meaning, build the image, raise satisfaction.", on [ComplaintReceived];
        ENC_03 = "ENC-03": "诚信" / "Good faith",
            "消费者和商家都应诚实守信。" / "Consumer and merchant both act in good faith.";
        ENC_07 = "ENC-07": "座谈会" / "Seminars",
            "召集顾客座谈，征求建议。" / "Gather customers in seminars and ask for suggestions.";
        ENC_08 = "ENC-08": "处理抱怨" / "Complaints",
            "倾听，不争辩，承认错误，找出原因；无法解决的请顾客提出对策。" /
            "Listen, do not argue, admit mistakes, find the reason; if it cannot be solved ask the customer for a countermeasure.",
            on [ComplaintReceived, Unrepairable];
        ENT_01 = "ENT-01": "服务理念" / "Service concept",
            "向顾客展示服务理念，有服务战略、活动、目标和承诺。" /
            "Show the service concept to customers; have strategy, activities, goals and promises.";
        ENT_03 = "ENT-03": "专项资金" / "Dedicated funds",
            "有培训经费、服务保障专项基金、保险和适当的场所。" /
            "Have training money, a special service guarantee fund, insurance and adequate premises.";
        ENT_04 = "ENT-04": "正规渠道" / "Proper channels",
            "进货渠道正规，商品信息完整可靠。" / "Have proper purchase channels and complete, reliable product information.";
    }
}
